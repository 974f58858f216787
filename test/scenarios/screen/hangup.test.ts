import {existsSync, readFileSync, readdirSync, readlinkSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, afterEach, beforeAll, expect, test, type TestContext} from 'vitest';
import {holderOf} from '../../../source/io/state-dir/lock.ts';
import {cleanUp, takeCleanup} from '../../helpers/cleanup.ts';
import {makeHome, type Home} from '../../helpers/home.ts';
import {freePort} from '../../helpers/port.ts';
import {doing, isAlive, processesNaming, signal} from '../../helpers/processes.ts';
import {quickest} from '../../helpers/quickest.ts';
import {cli, demoService} from '../../helpers/root.ts';
import {startService} from '../../helpers/service.ts';
import {startSshd, type Sshd} from '../../helpers/sshd.ts';
import {healthIs, readStatus} from '../../helpers/status.ts';
import {openTerminal} from '../../helpers/terminal.ts';
import {until} from '../../helpers/until.ts';
import {watchArguments} from '../../helpers/watch.ts';

/** One for all: it takes longer to start than what it is there for. */
let server: Sshd | string = '';
let stopServer = async (): Promise<void> => undefined;
beforeAll(async () => {
  const home = makeHome();
  server = await startSshd(home);
  if (typeof server === 'string') process.stdout.write(`not shown here: ${server}\n`);
  stopServer = takeCleanup();
});
afterAll(() => stopServer());
afterEach(cleanUp);

/** What prod needs to be quick enough for a test. */
const QUICK = ['--interval', '500ms', '--slow', '3s'];

/** Time on a CPU of a process, in ms. */
function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Descriptors of a terminal that it still holds. */
const terminalsOf = (pid: number) =>
  readdirSync(`/proc/${pid}/fd`)
    .map(fd => readlinkSync(`/proc/${pid}/fd/${fd}`))
    .filter(path => path.startsWith('/dev/pts'));

const quoted = (words: readonly string[]) =>
  words.map(word => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');

const environment = (home: Home) =>
  quoted([
    'env',
    '-i',
    ...Object.entries({...home.env, TERM: 'xterm-256color'}).map(
      ([key, value]) => `${key}=${value}`,
    ),
  ]);

test('when ssh drops, prod is watched on without a screen: it heals, costs next to nothing, is found, and ends in order', async context => {
  const home = makeHome();
  const service = await startService(home);
  const client = connected(context).connect(
    `exec ${environment(home)} ${quoted([cli, ...watchArguments(service, 'prod'), ...QUICK])}`,
  );
  await healthIs(home, 'ok');
  const pid = holderOf(home.stateDir)?.pid ?? -1;
  client.kill('SIGKILL');
  const log = () => readFileSync(join(home.stateDir, 'agent2.log'), 'utf8');
  await until('the log says that it goes on', () =>
    log().includes('the terminal is gone: continues without a screen'),
  );

  const before = {
    checks: readStatus(home)?.targets[0]?.total_checks ?? 0,
    cpuMs: cpuMs(pid),
    at: performance.now(),
  };
  service.signal('SIGKILL');
  await until(
    'the crash is healed',
    () =>
      readStatus(home)?.fixes.at(-1)?.result === 'success' &&
      readStatus(home)?.health_status === 'ok',
  );
  const seconds = (performance.now() - before.at) / 1_000;
  expect(readStatus(home)?.targets[0]?.total_checks).toBeGreaterThan(before.checks);
  // A loop that polls a dead terminal takes all of a CPU.
  expect((cpuMs(pid) - before.cpuMs) / seconds).toBeLessThan(300);
  expect(readStatus(home)).toMatchObject({pid, screen_lost: expect.any(String)});
  expect([0, 1, 2].map(fd => readlinkSync(`/proc/${pid}/fd/${fd}`))).toEqual([
    '/dev/null',
    '/dev/null',
    '/dev/null',
  ]);
  expect(terminalsOf(pid)).toEqual([]);

  signal(pid, 'SIGHUP');
  signal(pid, 'SIGTERM');
  await until('it is gone', () => !isAlive(pid), {describe: () => doing(pid)});
  expect(readStatus(home)?.status).toBe('stopped');
});

function connected(context: TestContext): Sshd {
  if (typeof server === 'string') return context.skip(server);
  return server;
}

test('when ssh drops, what is watched by default ends with its child within 2 s', async context => {
  const tookMs = await quickest(2_000, async () => {
    const home = makeHome();
    const port = await freePort();
    const client = connected(context).connect(
      `exec ${environment(home)} ${quoted([cli, `http://127.0.0.1:${port}/api/health`, '--preset', 'dev', '--', process.execPath, demoService, '--port', String(port), '--pid-file', join(home.path, 'service.pid')])}`,
    );
    await healthIs(home, 'ok');
    const at = performance.now();
    client.kill('SIGKILL');
    const left = () => processesNaming(home.path).filter(pid => pid !== client.pid);
    await until('all is gone', () => holderOf(home.stateDir) === undefined && left().length === 0, {
      describe: () => left().map(doing).join('\n'),
    });
    expect(readStatus(home)?.status).toBe('stopped');
    return performance.now() - at;
  });
  expect(tookMs).toBeLessThan(2_000);
});

test.each(['watch', 'run', 'demo'])(
  '%s whose terminal is closed ends in order, and not by a crash of node',
  async command => {
    const home = makeHome();
    const code = join(home.path, 'code');
    // A shell that ignores the hang-up keeps the signal from what it runs: `run` sees it when it writes its next line.
    const words =
      command === 'demo'
        ? [command]
        : [command, 'http://127.0.0.1:1/', '--observe', '--log-level', 'debug', '--interval', '1s'];
    // The shell takes no notice of the signal, and lives to tell how agent2 ended.
    const terminal = openTerminal({
      argv: ['sh', '-c', `trap : HUP; ${quoted([cli, ...words])}; echo $? >${code}`],
      env: home.env,
    });
    await until('it watches', () => readStatus(home)?.status === 'monitoring');
    terminal.hangUp();
    // The shell makes the file first, and writes into it when agent2 has ended.
    const written = () => existsSync(code) && readFileSync(code, 'utf8');
    expect(await until('it has ended', () => written() || undefined)).toBe('0\n');
    // That nobody reads its last lines any more is no trouble.
    if (command !== 'demo')
      expect(readFileSync(join(home.stateDir, 'agent2.log'), 'utf8')).not.toMatch(
        /ERROR - agent2: /,
      );
  },
);
