import {appendFileSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, describe, expect, test} from 'vitest';
import {createPast} from '../../source/core/replay/past.ts';
import {readRecordingLine} from '../../source/documents/recording.ts';
import {cleanUp} from '../helpers/cleanup.ts';
import {makeHome} from '../helpers/home.ts';
import {agent2, startAgent2} from '../helpers/program.ts';
import {startService} from '../helpers/service.ts';
import {healthIs, readStatus} from '../helpers/status.ts';
import {until} from '../helpers/until.ts';
import {watchArguments} from '../helpers/watch.ts';
import {targetsOf} from '../../source/core/targets.ts';

afterEach(cleanUp);

async function recordedCrash() {
  const home = makeHome();
  const service = await startService(home);
  const program = startAgent2(
    ['run', ...watchArguments(service, 'dev'), '--name', 'web', '--record'],
    {env: home.env},
  );
  await healthIs(home, 'ok');
  service.signal('SIGKILL');
  await until('it is healed', () => readStatus(home)?.fixes.at(-1)?.result === 'success');
  await healthIs(home, 'ok');
  await program.stop();
  return {home, file: join(home.stateDir, 'record.jsonl')};
}

test('a recording of a run with a crash gives what that run said and did', async () => {
  const {home, file} = await recordedCrash();
  const past = createPast();
  for (const text of readFileSync(file, 'utf8').trimEnd().split('\n')) {
    const line = readRecordingLine(text);
    if (line.kind === 'header') past.begin(line.header.state, line.header.at);
    else if (line.kind === 'event') past.apply(line.event);
    else expect.fail(`damaged: ${text}`);
  }
  const state = past.state();
  const target = state && targetsOf(state)[0];
  const logged = readFileSync(join(home.stateDir, 'agent2.log'), 'utf8')
    .trimEnd()
    .split('\n')
    .filter(line => line.includes(' - web: '))
    .map(line => line.replace(/^.* - (INFO|WARNING|ERROR) - web: /, ''));
  expect(target?.events.map(({text}) => text)).toEqual(
    logged.filter(text => !/^healthy, answered|^agent2 stops watching/.test(text)),
  );
  expect(past.state()?.status).toBe('stopped');
  expect(target?.fixes.map(({result}) => result)).toEqual(['success']);

  appendFileSync(file, '{"type":"tick","at"');
  const {stdout, stderr, code} = await agent2(
    ['backtest', '--preset', 'prod', '--threshold', '5'],
    {env: home.env},
  );
  expect(stderr).toBe('');
  expect(stdout).toMatch(/record\.jsonl: .* checks in 1 run, 1 damaged line skipped\n/);
  expect(stdout).toMatch(/^web +happened +would have$/m);
  expect(stdout).toMatch(/^preset +dev +prod\*$/m);
  expect(stdout).toMatch(/^fixes +1 +1$/m);
  expect(stdout).toContain('A model, not a proof');
  expect(code).toBe(0);
  const json = JSON.parse(
    (await agent2(['backtest', file, 'web', '--json', '--since', '1h'], {env: home.env})).stdout,
  ) as object;
  expect(json).toMatchObject({
    runs: 1,
    damaged: 1,
    targets: [
      {
        name: 'web',
        happened: {preset: 'dev', fixes: 1, downs: 1},
        would_have: {preset: 'dev', fixes: 1, downs: 1},
      },
    ],
  });

  const other = await agent2(['backtest', file, 'nobody'], {env: home.env});
  expect(other.stderr).toMatch(
    /the recording has no target 'nobody'; it has web, e\.g\. agent2 backtest record\.jsonl web/,
  );
  expect(other.code).toBe(64);
});

describe('what cannot be done says what to type:', () => {
  test.each<[readonly string[], RegExp, number]>([
    [
      ['backtest'],
      /there is no recording in .*make one: agent2 run http:\/\/127\.0\.0\.1:3000\/ --record/,
      1,
    ],
    [['backtest', './missing.jsonl'], /missing\.jsonl does not exist; name a recording/, 1],
    [['backtest', 'a', 'b', 'c'], /unexpected argument 'c'/, 64],
    [['backtest', '--threshold', '0'], /--threshold '0' is not valid/, 64],
    [['backtest', '--recovery', 'x', './missing.jsonl'], /--recovery 'x' is not valid/, 64],
    [['backtest', '--preset', 'prd', './missing.jsonl'], /did you mean --preset prod\?/, 64],
    [['backtest', '--since', 'ever', './missing.jsonl'], /--since 'ever' is not valid/, 64],
    [['run', '--record', 'http://127.0.0.1:9/'], /--record used the url as its file name/, 64],
    [
      ['run', 'http://127.0.0.1:9/', '--record', '/nonexistent/web.jsonl'],
      /--record \/nonexistent\/web\.jsonl: it cannot be written .*choose another file/,
      1,
    ],
  ])('agent2 %j', async (args, message, exitCode) => {
    const {stdout, stderr, code} = await agent2(args);
    expect(stderr).toMatch(message);
    expect(stdout).toBe('');
    expect(code).toBe(exitCode);
  });

  test('a file that is empty, or no recording', async () => {
    const home = makeHome();
    const file = join(home.path, 'web.jsonl');
    writeFileSync(file, '');
    expect((await agent2(['backtest', file], {env: home.env})).stderr).toMatch(
      /web\.jsonl is empty; to make a recording/,
    );
    writeFileSync(file, 'hello\n');
    const {stderr, code} = await agent2(['backtest', file], {env: home.env});
    expect(stderr).toMatch(/web\.jsonl is not a recording; to make a recording/);
    expect(code).toBe(1);
  });
});
