import {rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, describe, expect, test} from 'vitest';
import {runHere, type Ran} from '../helpers/command.ts';
import {cleanUp} from '../helpers/cleanup.ts';
import {allObstacles, obstruct, stateFiles} from '../helpers/obstructed.ts';
import {PATIENCE_MS} from '../helpers/until.ts';
import {makePlaces} from '../instances/places.ts';

afterEach(cleanUp);

/** Each file alone takes minutes, so only CI tries that; elsewhere the obstacle lies in several places at once. */
const ALL = process.env['AGENT2_OBSTACLES'] === 'all';

const COMMANDS: ReadonlyArray<readonly [string, ...string[]]> = [
  ['status'],
  ['status', '--json'],
  ['logs'],
  ['stop'],
  ['pause'],
  ['restart'],
  ['maintain'],
  ['backtest'],
  ['doctor'],
];

/** What a person must never read: a bug, a stack, the words of the system or of JavaScript. */
const RAW =
  /a bug|please report|\n +at |Cannot read|Maximum call|Invalid time|undefined|TypeError|RangeError|E[A-Z]{4,}: |\[object/;

const groups: ReadonlyArray<readonly [string, readonly string[]]> = ALL
  ? stateFiles.map(file => [file, [file]])
  : [
      ['the status', ['agent2_status.json']],
      ['the logs', ['agent2.log', 'agent2.log.1', 'agent2.log.2.gz']],
      ['the lock', ['agent2.pid']],
      ['the directories', ['run', 'targets', 'archive']],
      [
        'all other files',
        stateFiles.filter(file => !/^agent2|^run$|^targets$|^archive$/.test(file)),
      ],
    ];

describe.each(allObstacles)('$name', obstacle => {
  test.each(groups)('in the place of %s: each command ends with a sentence', async (_, files) => {
    const places = await makePlaces();
    const wrong: string[] = [];
    for (const [name, ...words] of COMMANDS) {
      // It looks at everything anyway, and takes its time.
      if (name === 'doctor' && !ALL && files[0] !== 'agent2.log') continue;
      const stateDir = places.ended(`${name}${words.join('')}`, ['web']);
      if (!files.includes('agent2.log')) writeFileSync(join(stateDir, 'agent2.log'), 'a line\n');
      for (const file of files) rmSync(join(stateDir, file), {recursive: true, force: true});
      // Compressing four GiB is no mistake, only long.
      const isLong = name === 'maintain' && obstacle.name === 'four sparse GiB';
      await obstruct(
        stateDir,
        isLong ? files.filter(file => !file.endsWith('.1')) : files,
        obstacle,
      );
      const began = performance.now();
      const before = process.memoryUsage.rss();
      const ran = await runHere(name, ...words, '--state-dir', stateDir).catch(failed);
      const tookMs = performance.now() - began;
      const grewMb = (process.memoryUsage.rss() - before) / 1_048_576;

      const why = [
        ...(ran.stdout + ran.stderr === '' && name !== 'logs' ? ['says nothing'] : []),
        ...(RAW.test(ran.stdout + ran.stderr) ? ['raw words'] : []),
        ...(ran.stderr.split('\n').filter(line => line.startsWith('agent2:')).length > 1
          ? ['more than one sentence']
          : []),
        ...(tookMs > PATIENCE_MS ? [`took ${tookMs} ms`] : []),
        ...(grewMb > 150 ? [`took ${grewMb} MB`] : []),
      ];
      if (why.length > 0)
        wrong.push(`${name} ${words.join(' ')}: ${why.join(', ')}\n${ran.stdout}${ran.stderr}`);
    }
    expect(wrong).toEqual([]);
  });
});

function failed(error: unknown): Ran {
  const stack = error instanceof Error ? error.stack : String(error);
  return {code: 1, stdout: '', stderr: `agent2: a bug: ${stack}\n`};
}
