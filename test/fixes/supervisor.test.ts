import {execFileSync, spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {afterEach, expect, test, vi, type TestContext} from 'vitest';
import {askProgram} from '../../source/io/run/ask-program.ts';
import {definition} from '../../source/fixes/supervisor.ts';
import {program, temporaryDirectory} from '../fixtures/services/start.ts';
import {cleanUp, onCleanup} from '../helpers/cleanup.ts';
import {context, request, setup} from '../helpers/fix.ts';
import {
  endProcessesNaming,
  isAlive,
  processesNaming,
  processState,
  signal,
} from '../helpers/processes.ts';
import {until, within} from '../helpers/until.ts';

afterEach(cleanUp);

/** Each call of supervisorctl starts a python. */
vi.setConfig({testTimeout: 120_000});

test('the fix by supervisor replaces a program that hangs', async ctx => {
  const config = await startSupervisord(ctx);
  const old = await until('the program runs', () => pidOf(config), {deadlineMs: 60_000});
  signal(old, 'SIGSTOP');
  await until('it hangs', () => processState(old) === 'T');
  expect(await restart('web', config)).toEqual({kind: 'done', detail: 'supervisor restarted web'});
  const pid = await until('another one runs', () => pidOf(config), {deadlineMs: 60_000});
  expect(pid).not.toBe(old);
  expect(isAlive(pid)).toBe(true);
  expect(isAlive(old)).toBe(false);
});

test('the fix by supervisor starts a program that is stopped', async ctx => {
  const config = await startSupervisord(ctx);
  await until('the program runs', () => pidOf(config), {deadlineMs: 60_000});
  const state = async () =>
    (
      await definition.state?.({program: 'web', config}, argv =>
        askProgram(argv, {timeoutMs: 60_000}),
      )
    )?.state;
  expect(await state()).toBe('running');
  execFileSync('supervisorctl', ['-c', config, 'stop', 'web'], {timeout: 60_000});
  expect(await state()).toBe('stopped');
  expect(await restart('web', config)).toEqual({kind: 'done', detail: 'supervisor restarted web'});
  // With `startsecs=0` it counts as started before it is the program that was wanted.
  await until('the program runs again', () => pidOf(config), {deadlineMs: 60_000});
});

test('the fix by supervisor says what cannot be started, what is not known, and that nobody listens', async ctx => {
  const config = await startSupervisord(ctx);
  expect(await restart('broken', config)).toEqual({
    kind: 'failed',
    detail:
      'supervisorctl exited with code 1: broken: ERROR (no such file); try: supervisorctl tail broken stderr',
  });
  expect(await restart('unknown', config)).toEqual({
    kind: 'failed',
    detail:
      'supervisorctl exited with code 1: unknown: ERROR (no such process); try: supervisorctl status',
  });
  const elsewhere = configIn(temporaryDirectory());
  expect(await restart('web', elsewhere)).toMatchObject({
    kind: 'failed',
    detail: expect.stringMatching(
      /^supervisorctl exited with code \d+: unix:\/\/.*\.sock no such file; is supervisord running\?/,
    ) as string,
  });
});

function restart(name: string, config: string) {
  return definition
    .create({program: name, config, timeoutMs: 60_000}, setup())
    .restart(request, context());
}

/** A supervisord of this test alone, with a program `web` that runs and a program `broken` that cannot; resolves to its config file. */
async function startSupervisord(ctx: TestContext): Promise<string> {
  if (spawnSync('supervisord', ['--version'], {timeout: 60_000}).error)
    ctx.skip('there is no supervisord; apt install supervisor');
  const directory = temporaryDirectory();
  const config = configIn(directory);
  onCleanup(() => endProcessesNaming(directory));
  const daemon = spawn('supervisord', ['-n', '-c', config], {stdio: 'ignore'});
  onCleanup(async () => {
    if (daemon.exitCode !== null || daemon.signalCode !== null) return;
    const ended = once(daemon, 'exit');
    daemon.kill('SIGTERM');
    await within('supervisord ends', ended);
  });
  await until('supervisord listens', () => existsSync(join(directory, 'supervisor.sock')), {
    deadlineMs: 60_000,
  });
  return config;
}

function configIn(directory: string): string {
  const config = join(directory, 'supervisord.conf');
  const socket = join(directory, 'supervisor.sock');
  writeFileSync(
    config,
    [
      '[unix_http_server]',
      `file=${socket}`,
      '[supervisord]',
      `logfile=${join(directory, 'supervisord.log')}`,
      `pidfile=${join(directory, 'supervisord.pid')}`,
      `childlogdir=${directory}`,
      '[rpcinterface:supervisor]',
      'supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface',
      '[supervisorctl]',
      `serverurl=unix://${socket}`,
      '[program:web]',
      `command=${process.execPath} ${program('idle.mjs')} ${directory}`,
      'startsecs=0',
      'stopwaitsecs=1',
      '[program:broken]',
      `command=${join(directory, 'no-such-program')}`,
      'autostart=false',
      '',
    ].join('\n'),
  );
  return config;
}

function pidOf(config: string): number | undefined {
  return processesNaming(`${program('idle.mjs')}\0${dirname(config)}`)[0];
}
