import {execFileSync, spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, describe, expect, test} from 'vitest';
import {cleanUp, onCleanup} from '../helpers/cleanup.ts';
import {makeHome, type Home} from '../helpers/home.ts';
import {commandLine, doing, isAlive, processesNaming} from '../helpers/processes.ts';
import {agent2, startAgent2, type RunningProgram} from '../helpers/program.ts';
import {cli, demoService} from '../helpers/root.ts';
import {startService, untilHealthy, type Service} from '../helpers/service.ts';
import {healthIs, readStatus} from '../helpers/status.ts';
import {until, within} from '../helpers/until.ts';

afterEach(cleanUp);

/** A file system of its own below the home, of 256 KiB; undefined where that is not allowed here. */
function smallDisk(home: Home): string | undefined {
  const path = join(home.path, 'disk');
  mkdirSync(path);
  if (
    process.getuid?.() !== 0 ||
    spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256k,nr_inodes=200', 'tmpfs', path]).status !== 0
  )
    return undefined;
  onCleanup(() => void spawnSync('umount', ['-l', path]));
  return path;
}

/** Writes until nothing more fits. */
function fill(disk: string): string {
  const file = join(disk, 'full');
  for (const size of [65_536, 4_096]) {
    for (;;) {
      try {
        writeFileSync(file, Buffer.alloc(size), {flag: 'a'});
      } catch {
        break;
      }
    }
  }
  return file;
}

function troublesOf(home: Pick<Home, 'stateDir'>): Readonly<Record<string, string>> {
  return (
    (readStatus(home) as unknown as {troubles: Record<string, string>} | undefined)?.troubles ?? {}
  );
}

describe('files that fail', () => {
  test('a full disk costs files, never healing, and is over when there is room again', async context => {
    const home = makeHome();
    const disk = smallDisk(home);
    if (disk === undefined) return context.skip('a small file system cannot be mounted here');
    const stateDir = join(disk, 'state');
    const service = await startService(home);
    const program = startAgent2(
      [
        'run',
        service.url,
        '--preset',
        'dev',
        '--pid-file',
        service.pidFile,
        '--restart',
        service.restartCommand,
        '--state-dir',
        stateDir,
      ],
      {env: home.env},
    );
    await program.waitForLine('healthy at first sight');
    const big = fill(disk);
    await program.waitForLine(/ERROR - agent2: .*ENOSPC/);
    service.signal('SIGKILL');
    await program.waitForLine(/recovered: healthy/, {});
    expect(readStatus({stateDir})).toBeDefined();
    rmSync(big);
    await program.waitForLine('status file works again');
    await until('the status file knows of the fix', () =>
      readStatus({stateDir})?.fixes.some(({result}) => result === 'success'),
    );
    await until('nothing troubles it', () => Object.keys(troublesOf({stateDir})).length === 0, {
      describe: () => JSON.stringify(troublesOf({stateDir})),
    });
    expect(await program.stop()).toMatchObject({code: 0});
  });

  test('a read-only file system is refused at the start, and told while it lasts', async context => {
    const home = makeHome();
    const disk = smallDisk(home);
    if (disk === undefined) return context.skip('a small file system cannot be mounted here');
    const stateDir = join(disk, 'state');
    const service = await startService(home);
    const program = startAgent2(
      ['run', service.url, '--preset', 'dev', '--state-dir', stateDir, '--observe'],
      {env: home.env},
    );
    await program.waitForLine('healthy at first sight');
    // In the place of what is there, since a file system with open files lets nobody take its writing away.
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'ro', 'tmpfs', stateDir]);
    onCleanup(() => void spawnSync('umount', ['-l', stateDir]));
    await program.waitForLine(/ERROR - agent2: .*EROFS/);
    await program.waitForLine(
      /ERROR - agent2: .* was removed and cannot be created again: .*EROFS/,
    );
    const refused = await agent2(['run', service.url, '--state-dir', join(stateDir, 'other')], {
      env: home.env,
    });
    expect(refused).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /^agent2: --state-dir .*: it cannot be written \(.*EROFS.*choose another: --state-dir DIR/,
      ) as string,
    });
    execFileSync('umount', ['-l', stateDir]);
    await program.waitForLine('status file works again');
    await program.waitForLine('state directory works again');
  });

  test('a state directory that is removed is created again with its lock, and a second monitor stays out', async () => {
    const home = makeHome();
    const program = startAgent2(
      [
        'run',
        'http://127.0.0.1:1/',
        '--preset',
        'dev',
        '--',
        process.execPath,
        demoService,
        '--port',
        '0',
      ],
      {env: home.env},
    );
    await until('the status is written', () => readStatus(home));
    rmSync(home.stateDir, {recursive: true});
    await program.waitForLine(/was removed and has been created again/);
    await program.waitForLine('state directory works again');
    expect(await agent2(['run', 'http://127.0.0.1:1/'], {env: home.env})).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`another agent2, pid ${program.pid}`) as string,
    });
    await until('all is there again', () =>
      ['agent2_status.json', 'agent2.log', 'service.log.pid.json', 'run/memory.json'].every(name =>
        existsSync(join(home.stateDir, name)),
      ),
    );
    expect(await program.stop()).toMatchObject({code: 0});
    expect(existsSync(join(home.stateDir, 'agent2.pid'))).toBe(false);
  });

  test('a full disk under its stdout ends no monitor, and a reader that went away ends it in order', async context => {
    if (!existsSync('/dev/full')) return context.skip('there is no /dev/full');
    const home = makeHome();
    const service = await startService(home);
    const full = spawn('sh', ['-c', `exec "$0" run ${service.url} --preset dev >/dev/full`, cli], {
      env: home.env,
      stdio: 'ignore',
    });
    onCleanup(() => void full.kill('SIGKILL'));
    await until('the trouble is told', () => troublesOf(home).stdout?.includes('ENOSPC'));
    await healthIs(home, 'ok');
    full.kill('SIGTERM');
    expect(
      await within('agent2 ends', once(full, 'exit'), {describe: () => doing(full.pid ?? -1)}),
    ).toEqual([0, null]);

    const run = `"$0" run http://127.0.0.1:1/ --interval 100ms --log-level debug -- '${process.execPath}' -e 'setInterval(() => {}, 1000)' '${home.path}'`;
    const piped = spawn('sh', ['-c', `${run} | head -1`, cli], {env: home.env, stdio: 'ignore'});
    onCleanup(() => void piped.kill('SIGKILL'));
    await within('agent2 ends without a reader', once(piped, 'exit'), {
      describe: () => processesNaming(home.path).map(doing).join('\n'),
    });
    expect(existsSync(join(home.stateDir, 'agent2.pid'))).toBe(false);
    expect(processesNaming(home.path).filter(pid => pid !== service.pid)).toEqual([]);
  });
});

test('without file descriptors nothing is held against the service, and agent2 recovers', async context => {
  if (spawnSync('prlimit', ['--version']).error) return context.skip('there is no prlimit');
  const home = makeHome();
  const service = await startService(home);
  const program = startAgent2(
    [
      'run',
      service.url,
      '--preset',
      'dev',
      '--interval',
      '200ms',
      '--pid-file',
      service.pidFile,
      '--restart',
      service.restartCommand,
    ],
    {env: home.env},
  );
  await program.waitForLine('healthy at first sight');
  const limit = (count: number) =>
    execFileSync('prlimit', [`--pid=${program.pid}`, `--nofile=${count}:`]);
  limit(5);
  await program.waitForLine(/inconclusive check, which does not count: EMFILE/);
  await program.waitForLine(
    /ERROR - agent2: \S+agent2_status\.json cannot be opened while so many files are open/,
  );
  const before = readStatus(home)?.targets[0]?.total_checks;
  limit(1024);
  await program.waitForLine('status file works again');
  await until(
    'it checks again',
    () =>
      (readStatus(home)?.targets[0]?.total_checks ?? 0) > (before ?? 0) &&
      Object.keys(troublesOf(home)).length === 0,
    {describe: () => JSON.stringify(readStatus(home))},
  );
  expect(readStatus(home)).toMatchObject({health_status: 'ok', fixes: []});
  expect(program.stdout()).not.toMatch(/is down|failure 1/);
});

describe('an end in the middle of a fix', () => {
  /** A service whose start takes its time, and a monitor that has just begun it after stopping the service. */
  async function inTheMiddle(
    home: Home,
    start: (service: Service) => string,
  ): Promise<{readonly program: RunningProgram; readonly service: Service}> {
    const service = await startService(home);
    const marker = join(home.path, 'stopped');
    const fix = {
      use: 'command',
      stop: ['sh', '-c', `kill $(cat ${service.pidFile})`],
      start: ['sh', '-c', `touch ${marker}; ${start(service)}`],
    };
    writeFileSync(
      join(home.path, 'agent2.json'),
      JSON.stringify({
        targets: [{name: 'web', url: service.url, pidFile: service.pidFile, preset: 'dev', fix}],
      }),
    );
    const program = startAgent2(['run', '--config', join(home.path, 'agent2.json')], {
      env: home.env,
    });
    await program.waitForLine('healthy at first sight');
    writeFileSync(join(home.stateDir, 'restart_signal'), '');
    await until('the service is stopped', () => existsSync(marker) && !isAlive(service.pid));
    return {program, service};
  }

  test('finishes it first, so that the service is not left stopped', async () => {
    const home = makeHome();
    const {program, service} = await inTheMiddle(
      home,
      ({restartCommand}) => `sleep 1; ${restartCommand} && touch ${home.path}/started`,
    );
    const ended = program.stop();
    await program.waitForLine('for the running fix of web');
    await until(
      'the status file says so',
      () =>
        (
          readStatus(home) as {awaited_fixes?: readonly string[]} | undefined
        )?.awaited_fixes?.join() === 'web',
    );
    expect(await ended).toMatchObject({code: 0});
    expect(existsSync(join(home.path, 'started'))).toBe(true);
    await untilHealthy(service.url);
  });

  test('waits for it, and a second signal waits no more', async () => {
    const home = makeHome();
    const {program} = await inTheMiddle(home, () => 'sleep 30');
    const stop = await agent2(['stop', '--timeout', '1s'], {env: home.env});
    expect(stop).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /is still there after 1s; it waits for the running fix of web; wait longer .* agent2 stop --force/,
      ) as string,
    });
    expect(program.stdout()).toContain('a second signal ends agent2 at once');
    expect(await program.stop('SIGTERM', {deadlineMs: 15_000})).toMatchObject({code: 0});
  });
});

test('agent2 may be killed at any moment: its files stay whole, no child is left, and the next start is clean', async () => {
  const kills = Number(process.env['AGENT2_TEST_KILLS'] ?? 10);
  const home = makeHome();
  const args = [
    'run',
    'http://127.0.0.1:1/',
    '--preset',
    'dev',
    '--interval',
    '100ms',
    '--',
    process.execPath,
    '-e',
    'setInterval(() => {}, 1000)',
    home.path,
  ];
  const children = () =>
    processesNaming(home.path).filter(pid => {
      const words = commandLine(pid).split('\0');
      return words.includes('-e') && !words.includes('run');
    });
  for (let round = 0; round <= kills; round++) {
    const program = startAgent2(args, {env: home.env});
    await until(
      'it says how it is',
      () => (readStatus(home) as {pid?: number} | undefined)?.pid === program.pid,
      {describe: () => program.stdout() + program.stderr()},
    );
    expect(children()).toHaveLength(1);
    // The moment of the last end is random: half of them come while it starts its child, looks or writes.
    await new Promise(resolve => setTimeout(resolve, Math.random() * 400));
    await program.stop(round === kills ? 'SIGTERM' : 'SIGKILL');
    for (const name of ['agent2_status.json', 'run/memory.json'])
      if (existsSync(join(home.stateDir, name)))
        JSON.parse(readFileSync(join(home.stateDir, name), 'utf8'));
  }
  expect(children()).toEqual([]);
  expect(
    readdirSync(home.stateDir, {recursive: true}).filter(name =>
      /\.tmp|monitor\.|agent2\.pid|\.pid\.json/.test(String(name)),
    ),
  ).toEqual([]);
  // Eleven starts in a row.
}, 300_000);

test('a signal that comes while agent2 starts leaves neither child nor lock', async () => {
  await Promise.all(
    [0, 40, 80].map(async delayMs => {
      const home = makeHome();
      const program = startAgent2(
        [
          'run',
          'http://127.0.0.1:1/',
          '--',
          process.execPath,
          '-e',
          'setInterval(() => {}, 1000)',
          home.path,
        ],
        {env: home.env},
      );
      await until('it has the lock', () => existsSync(join(home.stateDir, 'agent2.pid')));
      await new Promise(resolve => setTimeout(resolve, delayMs));
      expect(await program.stop()).toMatchObject({code: 0});
      expect(existsSync(join(home.stateDir, 'agent2.pid'))).toBe(false);
      expect(processesNaming(home.path)).toEqual([]);
    }),
  );
});
