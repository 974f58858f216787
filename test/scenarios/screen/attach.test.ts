import {existsSync, mkdirSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import {join} from 'node:path';
import {afterEach, expect, test} from 'vitest';
import {holderOf, takeLock} from '../../../source/io/state-dir/lock.ts';
import {cleanUp, onCleanup} from '../../helpers/cleanup.ts';
import {makeHome, type Home} from '../../helpers/home.ts';
import {doing, isAlive, signal} from '../../helpers/processes.ts';
import {agent2, startAgent2} from '../../helpers/program.ts';
import {quickest} from '../../helpers/quickest.ts';
import {cli} from '../../helpers/root.ts';
import {startService, type Service} from '../../helpers/service.ts';
import {healthIs} from '../../helpers/status.ts';
import {openTerminal, type OpenTerminal} from '../../helpers/terminal.ts';
import {until} from '../../helpers/until.ts';
import {watchArguments} from '../../helpers/watch.ts';

afterEach(cleanUp);

async function startMonitor(home: Home, service: Service) {
  const monitor = startAgent2(['run', ...watchArguments(service, 'dev')], {env: home.env});
  await healthIs(home, 'ok');
  return monitor;
}

function attach(home: Home, ...args: readonly string[]): OpenTerminal {
  return openTerminal({argv: [cli, ...args], cols: 120, rows: 30, env: home.env});
}

test('screens of one monitor show and do the same, say when it is gone, find the next one, and leave it alone when they end', async () => {
  const home = makeHome();
  const service = await startService(home);
  const first = await startMonitor(home, service);
  const [one, two] = [attach(home), attach(home, '--read-only')];
  for (const screen of [one, two])
    await screen.waitFor(new RegExp(`● OK .*attached pid ${first.pid}`));

  two.type('p');
  await two.waitFor('read-only: p changes nothing here');
  one.type('p');
  for (const screen of [one, two]) await screen.waitFor(/⏸ paused/);
  one.type('p');
  await two.waitFor(screen => /● OK/.test(screen) && !/⏸/.test(screen));
  one.type('r');
  await one.waitFor(/Cancel/);
  one.type('y');
  for (const screen of [one, two])
    await screen.waitFor(screen => /● OK/.test(screen) && /manual .*success/.test(screen));
  expect(isAlive(service.pid)).toBe(false);

  await first.stop('SIGKILL');
  for (const screen of [one, two])
    await screen.waitFor(
      new RegExp(`monitor gone \\(pid ${first.pid}\\); looking for it again, since \\d+ s`),
    );
  one.type('o');
  await one.waitFor('o: not possible, the monitor is gone');
  const second = await startMonitor(home, service);
  for (const screen of [one, two])
    await screen.waitFor(
      screen =>
        new RegExp(`● OK .*attached pid ${second.pid}`).test(screen) && !/gone/.test(screen),
    );

  one.type('q');
  expect(await one.exited()).toEqual({code: 0, signal: undefined});
  expect(one.raw()).toContain(
    `the screen is closed; agent2 (pid ${second.pid}) keeps watching and healing`,
  );
  const endOf = async (screen: OpenTerminal) => {
    const at = performance.now();
    screen.hangUp();
    await until('the screen without a terminal has ended', () => !isAlive(screen.pid), {
      describe: () => doing(screen.pid),
    });
    return performance.now() - at;
  };
  const another = async () => {
    const screen = attach(home, '--read-only');
    await screen.waitFor(/● OK/);
    return screen;
  };
  let next: OpenTerminal | undefined = two;
  const tookMs = await quickest(2_000, async () => {
    const screen = next ?? (await another());
    next = undefined;
    return endOf(screen);
  });
  expect(tookMs).toBeLessThan(2_000);
  expect(isAlive(second.pid)).toBe(true);
  expect(holderOf(home.stateDir)?.pid).toBe(second.pid);
});

test('without a terminal each change is a line, over a restart of the monitor too; what cannot apply is told, and another thing in its place is refused', async () => {
  const home = makeHome();
  const service = await startService(home);
  const first = await startMonitor(home, service);
  const lines = startAgent2([service.url, '--preset', 'prod', '--interval', '2s'], {env: home.env});
  await lines.waitForLine(
    `not applied: --preset prod: agent2, pid ${first.pid}, is already running with its own settings; to change the preset there: agent2 preset prod`,
  );
  await lines.waitForLine(
    `attached to pid ${first.pid}, which watches 127.0.0.1:${service.port}; prints one line for each change`,
  );
  await agent2(['pause'], {env: home.env});
  await lines.waitForLine(
    /^[\d-]+ [\d:,]+ - Agent2 - INFO - 127\.0\.0\.1:\d+: paused: no checks, no repairs$/,
  );
  const other = await agent2(['http://127.0.0.1:9/'], {env: home.env});
  expect([other.code, other.stderr]).toEqual([
    1,
    expect.stringMatching(new RegExp(`another agent2, pid ${first.pid} .* already uses`)),
  ]);
  await first.stop('SIGKILL');
  await lines.waitForLine(
    `- WARNING - agent2: monitor gone (pid ${first.pid}); looking for it again`,
  );
  const second = startAgent2(['run', ...watchArguments(service, 'dev')], {env: home.env});
  await lines.waitForLine(`- INFO - agent2: attached to pid ${second.pid}`);
  expect((await lines.stop()).code).toBe(0);
});

test('what prints changes can be interrupted from its first line on', async () => {
  const home = makeHome();
  const service = await startService(home);
  const {pid} = await startMonitor(home, service);
  const lines = startAgent2([service.url], {env: home.env});
  await lines.waitForLine(`attached to pid ${pid}`);
  expect((await lines.stop('SIGINT')).code).toBe(130);
});

test('what speaks garbage in the place of a monitor is told, not shown', async () => {
  const home = makeHome();
  mkdirSync(home.stateDir);
  const lock = takeLock(home.stateDir, ['web']);
  if (lock.kind === 'taken') onCleanup(lock.release);
  const server = createServer(socket => {
    socket.on('error', () => undefined).resume();
    socket.end(
      'HTTP/1.1 200 OK\r\n\r\nevent: hello\ndata: {"protocol":2,"pid":1,"version":"\\u001b[2J","stateDir":"/","actions":{}}\n\nevent: state\ndata: {"targets":[{}]}\n\n',
    );
  });
  await new Promise<void>(resolve =>
    server.listen(join(home.stateDir, 'run', 'agent2.sock'), resolve),
  );
  onCleanup(() => new Promise<void>(resolve => server.close(() => resolve())));
  const {code, stderr} = await agent2([], {env: home.env});
  expect(stderr).toBe(
    `agent2: agent2, pid ${process.pid}, is already running (watching web, in ${home.stateDir}) and cannot be shown here: the program that answers there is not this version of agent2 (an invalid state)\n`,
  );
  expect(code).toBe(1);
});

test('--read-only begins nothing; of several monitors one has to be named; the one of a config file is found by it', async () => {
  const home = makeHome();
  const {AGENT2_STATE_DIR: _, ...env} = home.env;
  const none = await agent2(['--read-only', 'http://127.0.0.1:9/'], {env});
  expect([none.code, none.stderr]).toEqual([
    1,
    expect.stringContaining('--read-only shows a running agent2'),
  ]);
  const config = join(home.path, 'agent2.json');
  writeFileSync(config, JSON.stringify({targets: [{name: 'db', url: 'http://127.0.0.1:9/'}]}));
  const [byConfig, byUrl] = [
    startAgent2(['run', '--config', config], {env}),
    startAgent2(['run', 'http://127.0.0.1:9/', '--name', 'web'], {env}),
  ];
  const place = (name: string) => join(home.path, '.local', 'state', 'agent2', name);
  for (const name of ['main', 'web'])
    await until(`${name} has its first status`, () =>
      existsSync(join(place(name), 'agent2_status.json')),
    );
  const several = await agent2([], {env});
  expect([several.code, several.stderr]).toEqual([
    64,
    `agent2: several agent2 are running; choose one with --name or --state-dir, e.g. agent2 --name db:\n  db (pid ${byConfig.pid}, ${place('main')})\n  web (pid ${byUrl.pid}, ${place('web')})\n`,
  ]);
  for (const [args, pid] of [
    [['--config', config], byConfig.pid],
    [['--name', 'db'], byConfig.pid],
    [['--name', 'web'], byUrl.pid],
  ] as const) {
    const lines = startAgent2(args, {env});
    await lines.waitForLine(`attached to pid ${pid}`);
    signal(lines.pid, 'SIGTERM');
  }
});
