import {existsSync, lstatSync, mkdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, expect, test} from 'vitest';
import {findSocket} from '../../source/io/socket/socket-path.ts';
import {cleanUp} from '../helpers/cleanup.ts';
import {makeHome, type Home} from '../helpers/home.ts';
import {signal} from '../helpers/processes.ts';
import {agent2, startAgent2} from '../helpers/program.ts';
import {startService} from '../helpers/service.ts';
import {readStatus} from '../helpers/status.ts';
import {until} from '../helpers/until.ts';

afterEach(cleanUp);

const web = (home: Home) =>
  readStatus(home)?.targets[0] as
    | {
        status: string;
        health_status: string;
        preset: string;
        observing: boolean;
        paused_until: string | null;
        why: string;
      }
    | undefined;

test('a running monitor is asked by commands, and what was asked for survives its end by kill -9', async () => {
  const home = makeHome();
  const service = await startService(home, {startDelayMs: 300});
  const words = [
    'run',
    service.url,
    '--name',
    'web',
    '--preset',
    'dev',
    '--pid-file',
    service.pidFile,
    '--restart',
    service.restartCommand,
  ];
  const ask = async (...args: readonly string[]) => {
    const {stdout, stderr, code} = await agent2(args, {env: home.env});
    return `${stdout}${stderr}-> ${code}`;
  };
  expect(await ask('pause')).toMatch(/no agent2 is running in .*-> 1$/s);
  const monitor = startAgent2(words, {env: home.env});
  await until('it is well', () => web(home)?.health_status === 'ok');
  const socket = join(home.stateDir, 'run', 'agent2.sock');
  expect(lstatSync(socket).mode & 0o777).toBe(0o600);

  expect(await ask('restart')).toMatch(/^web: restarted, healthy after [\d.]+ m?s\n-> 0$/);
  expect(service.currentPid()).not.toBe(service.pid);
  expect(await ask('restart', 'wbe')).toMatch(
    /^agent2: there is no target 'wbe'; the targets are web; did you mean web\?\n-> 64$/,
  );
  expect(await ask('preset', 'prod')).toBe('web: preset dev -> prod\n-> 0');
  expect(await ask('pause', '--for', '30m')).toMatch(/^web: paused until .*\(30 min\)\n-> 0$/);
  expect(await ask('restart', 'web')).toBe('agent2: web: no restart: paused; resume first\n-> 1');
  const refused = await agent2(['restart', '--json'], {env: home.env});
  expect(refused).toMatchObject({stderr: '', code: 1});
  expect(JSON.parse(refused.stdout)).toMatchObject({
    ok: false,
    message: 'web: no restart: paused; resume first',
    targets: [{name: 'web', status: 'paused'}],
  });

  await monitor.stop('SIGKILL');
  expect(existsSync(socket)).toBe(true);
  const next = startAgent2(words, {env: home.env});
  await until(
    'the next one writes',
    () => web(home)?.status === 'paused' && readStatus(home)?.pid === next.pid,
  );
  expect(web(home)).toMatchObject({
    preset: 'prod',
    health_status: 'unknown',
    paused_until: expect.any(String) as string,
    why: expect.stringMatching(
      /^paused for (30|29) min more; agent2 resume web ends it$/,
    ) as string,
  });
  expect(await ask('resume')).toBe('web: resumed\n-> 0');
  expect(await ask('preset', 'dev', 'web')).toBe('web: preset prod -> dev\n-> 0');
  await until('it is well', () => web(home)?.health_status === 'ok');

  // Who does not wait any longer leaves the restart to agent2.
  const before = service.currentPid();
  const waiting = startAgent2(['restart'], {env: home.env});
  await until(
    'the restart began',
    () =>
      readFileSync(join(home.stateDir, 'agent2.log'), 'utf8').match(/you asked for it/g)?.length ===
      2,
  );
  signal(waiting.pid, 'SIGINT');
  expect(await waiting.end()).toMatchObject({
    code: 130,
    stdout: '',
    stderr: 'agent2: stopped waiting; the restart goes on, and agent2 watches it\n',
  });
  await until(
    'it was restarted',
    () =>
      service.currentPid() !== before &&
      web(home)?.status === 'monitoring' &&
      web(home)?.health_status === 'ok',
  );
  await next.stop();
  expect(existsSync(socket)).toBe(false);
});

test('a state directory whose path is too long for a socket address has its socket elsewhere', async () => {
  const home = makeHome();
  const stateDir = join(home.path, 'a'.repeat(60), 'b'.repeat(60));
  mkdirSync(stateDir, {recursive: true});
  const monitor = startAgent2(
    ['run', 'http://127.0.0.1:9/', '--name', 'web', '--state-dir', stateDir],
    {env: home.env},
  );
  await until('the socket', () => findSocket(stateDir));
  const {stdout} = await agent2(['pause', '--state-dir', stateDir], {env: home.env});
  expect(stdout).toBe('web: paused until it is resumed\n');
  const path = findSocket(stateDir) ?? '';
  expect(path).toMatch(/\/run\/agent2\/[0-9a-f]{16}\.sock$/);
  await monitor.stop();
  expect(existsSync(path)).toBe(false);
});
