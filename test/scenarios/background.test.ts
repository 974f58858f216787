import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, expect, test} from 'vitest';
import {cleanUp, onCleanup} from '../helpers/cleanup.ts';
import {makeHome, type Home} from '../helpers/home.ts';
import {isAlive, processState, signal} from '../helpers/processes.ts';
import {agent2, startAgent2} from '../helpers/program.ts';
import {cli, demoService} from '../helpers/root.ts';
import {startService} from '../helpers/service.ts';
import {readStatus} from '../helpers/status.ts';
import {openTerminal} from '../helpers/terminal.ts';
import {until} from '../helpers/until.ts';

afterEach(cleanUp);

/** Whoever runs in the background has no name of the home on its command line. */
function endsWith(home: Home): void {
  onCleanup(() => {
    const pid = pidOf(home);
    if (pid !== undefined) signal(pid, 'SIGKILL');
  });
}

function pidOf({stateDir}: Home): number | undefined {
  try {
    return Number(readFileSync(join(stateDir, 'agent2.pid'), 'utf8'));
  } catch {
    return undefined;
  }
}

test('a monitor in the background outlives its terminal, is known to its commands, and takes its child along when it is stopped', async () => {
  const home = makeHome();
  endsWith(home);
  mkdirSync(join(home.path, 'work'));
  writeFileSync(
    join(home.path, 'work', 'serve.sh'),
    `exec ${process.execPath} ${demoService} --port 0\n`,
    {mode: 0o755},
  );
  const words = ['--pid-file', 'web.pid', '--name', '网站', '--preset', 'dev', '--', './serve.sh'];
  writeFileSync(
    join(home.path, 'work', 'serve.sh'),
    `#!/bin/sh\nexec '${process.execPath}' '${demoService}' --port 0 --pid-file web.pid\n`,
    {mode: 0o755},
  );
  const terminal = openTerminal({
    argv: ['sh', '-c', `"$0" start "$@"; echo "exit $?"; exec sleep 60`, cli, ...words],
    env: {...home.env, NODE_OPTIONS: '--no-warnings'},
    cwd: join(home.path, 'work'),
  });
  const screen = await terminal.waitFor(/exit \d/, {deadlineMs: 60_000});
  const pid = pidOf(home) ?? -1;
  expect(screen).toContain('exit 0');
  expect(screen).toMatch(/网站 +ok +healthy/);
  expect(screen).toContain(`agent2 runs in the background, pid ${pid}`);
  expect(readFileSync(join(home.stateDir, 'agent2.log'), 'utf8')).toMatch(
    new RegExp(` - INFO - agent2: agent2 \\S+ starts as process ${pid}: watches 网站\n`),
  );
  terminal.hangUp();
  await until('the terminal is gone', () => !isAlive(terminal.pid));
  const checks = readStatus(home)?.targets[0]?.total_checks ?? 0;
  await until(
    'it goes on checking',
    () => (readStatus(home)?.targets[0]?.total_checks ?? 0) > checks,
  );
  expect(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[3]).toBe(String(pid));
  expect(readFileSync(`/proc/${pid}/environ`, 'utf8')).toContain('NODE_OPTIONS=--no-warnings');

  const child = readStatus(home)?.targets[0]?.process?.pid ?? -1;
  const cwd = join(home.path, 'work');
  const [again, other, status, json, none] = await Promise.all([
    agent2(['start', ...words], {env: home.env, cwd}),
    agent2(['start', 'http://127.0.0.1:1/'], {env: home.env}),
    agent2(['status'], {env: home.env}),
    agent2(['status', '网站', '--json'], {env: home.env}),
    agent2(['status', 'nix'], {env: home.env}),
  ]);
  expect(again).toMatchObject({
    code: 0,
    stdout: expect.stringContaining(`agent2 watches this already, pid ${pid}`) as string,
  });
  expect(other).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(
      new RegExp(
        `another agent2, pid ${pid} \\(watching 网站\\), already uses .*agent2 stop --state-dir`,
      ),
    ) as string,
  });
  expect(status.code).toBe(0);
  expect(status.stdout).toMatch(
    new RegExp(
      `^AGENT2 OK - 1 ok\n\nagent2 \\S+ {2}pid ${pid} {2}up (?:<1m|\\d+m) {2}cpu [\\d.]+% {2}\\d+ MiB\n`,
    ),
  );
  expect(status.stdout).toMatch(/^网站 {4}ok {6}monitoring {2}(<1m|\d+m) +dev {5}/m);
  expect(status.stdout.split('\n').every(line => line.length <= 80 && !line.includes('\x1b'))).toBe(
    true,
  );
  expect(JSON.parse(json.stdout)).toMatchObject({
    exit_code: 0,
    monitors: [
      {
        pid,
        running: true,
        condition: 'up',
        state_dir: home.stateDir,
        targets: [{name: '网站', health_status: 'ok'}],
      },
    ],
  });
  expect(none).toMatchObject({
    code: 64,
    stderr: expect.stringContaining("there is no target 'nix'; the targets are 网站") as string,
  });

  signal(pid, 'SIGSTOP');
  await until('it is suspended', () => processState(pid) === 'T');
  expect(await agent2(['status'], {env: home.env})).toMatchObject({
    code: 3,
    stdout: expect.stringContaining(`kill -CONT ${pid}`) as string,
  });
  expect(isAlive(child)).toBe(true);
  const stopped = await agent2(['stop'], {env: home.env});
  expect(stopped).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(
      new RegExp(
        `^agent2, pid ${pid}, has stopped in .*; 网站, which it started, was stopped too\n$`,
      ),
    ) as string,
  });
  expect(isAlive(pid) || isAlive(child)).toBe(false);

  expect(await agent2(['status'], {env: home.env})).toMatchObject({
    code: 3,
    stdout: expect.stringMatching(
      /^AGENT2 UNKNOWN - .*\n\nagent2 \S+ is not running\n[^]*it stopped \S+ ago[^]*agent2 start/,
    ) as string,
  });
  expect(await agent2(['stop'], {env: home.env})).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('there is nothing to stop') as string,
  });
});

test('a start says why there is no monitor: wrong words, a wrong config, a child that does not start, a service that is down', async () => {
  const home = makeHome();
  endsWith(home);
  writeFileSync(join(home.path, 'bad.yaml'), 'targets: [{name: web, interval: 5}]\n');
  const [words, config, child] = await Promise.all([
    agent2(['start', '--prese', 'dev'], {env: home.env}),
    agent2(['start', '--config', 'bad.yaml'], {env: home.env, cwd: home.path}),
    agent2(['start', 'http://127.0.0.1:1/', '--', './nowhere.sh'], {env: home.env, cwd: home.path}),
  ]);
  expect(words).toMatchObject({
    code: 64,
    stderr: expect.stringContaining('did you mean --preset') as string,
  });
  expect(config).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('bad.yaml has a problem') as string,
  });
  expect(child).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^agent2: cannot start \.\/nowhere\.sh/) as string,
  });
  expect(pidOf(home)).toBeUndefined();

  const both = await Promise.all(
    [1, 2].map(() =>
      agent2(['start', 'http://127.0.0.1:1/', '--preset', 'low-latency'], {
        env: home.env,
        timeoutMs: 60_000,
      }),
    ),
  );
  const pid = pidOf(home) ?? -1;
  const texts = both.map(({code, stdout, stderr}) => `${code} ${stdout}${stderr}`);
  for (const text of texts)
    expect(text).toMatch(new RegExp(`^0 127\\.0\\.0\\.1:1 +down[^]*pid ${pid}\\b`));
  expect(texts.filter(text => text.includes('runs in the background'))).toHaveLength(1);
  expect(await agent2(['status'], {env: home.env})).toMatchObject({code: 2});
  expect(await agent2(['pause'], {env: home.env})).toMatchObject({code: 0});
  expect(await agent2(['stop'], {env: home.env})).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('nothing watches or heals 127.0.0.1:1 now') as string,
  });
  const paused = await agent2(['start', 'http://127.0.0.1:1/', '--preset', 'low-latency'], {
    env: home.env,
  });
  expect(paused).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^127\.0\.0\.1:1 +\w+ +paused/) as string,
  });
  expect(await agent2(['stop'], {env: home.env})).toMatchObject({code: 0});
});

test('status --watch repaints a terminal in place, and prints a line per change into a pipe', async () => {
  const home = makeHome();
  const service = await startService(home);
  const monitor = startAgent2(
    ['run', service.url, '--preset', 'dev', '--observe', '--name', 'web'],
    {env: home.env},
  );
  await monitor.waitForLine('healthy at first sight');
  const piped = startAgent2(['status', '--watch'], {env: home.env});
  const terminal = openTerminal({
    argv: [cli, 'status', '--watch'],
    env: home.env,
    cols: 80,
    rows: 24,
  });
  await terminal.waitFor(/web +ok/);
  expect(terminal.alternateScreen()).toBe(true);
  await piped.waitForLine(/ - web: ok monitoring/);
  service.signal('SIGKILL');
  await terminal.waitFor(/web +down/);
  await piped.waitForLine(/ - web: down monitoring/);
  expect(piped.stdout()).not.toContain('\x1b');
  terminal.type('\x03');
  expect(await terminal.exited()).toMatchObject({code: 130});
  expect(terminal.alternateScreen()).toBe(false);
  expect(terminal.screen()).toMatch(/web +down/);
  expect(await piped.stop('SIGINT')).toMatchObject({code: 130});
});
