import {execFileSync, spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, expect, test, type TestContext} from 'vitest';
import {definition} from '../../source/fixes/supervisor.ts';
import {program, temporaryDirectory} from '../fixtures/services/start.ts';
import {cleanUp, onCleanup} from '../helpers/cleanup.ts';
import {context, request, setup} from '../helpers/fix.ts';
import {endProcessesNaming, isAlive, processState, signal} from '../helpers/processes.ts';
import {until} from '../helpers/until.ts';

afterEach(cleanUp);

test('the fix by supervisor replaces a program that hangs', async ctx => {
  const config = await startSupervisord(ctx);
  const old = await until('the program runs', () => pidOf(config));
  signal(old, 'SIGSTOP');
  await until('it hangs', () => processState(old) === 'T');
  expect(await restart('web', config)).toEqual({kind: 'done', detail: 'supervisor restarted web'});
  const pid = pidOf(config);
  expect(pid).not.toBe(old);
  expect(isAlive(pid ?? 0)).toBe(true);
  expect(isAlive(old)).toBe(false);
});

test('the fix by supervisor starts a program that is stopped', async ctx => {
  const config = await startSupervisord(ctx);
  await until('the program runs', () => pidOf(config));
  execFileSync('supervisorctl', ['-c', config, 'stop', 'web']);
  expect(await restart('web', config)).toEqual({kind: 'done', detail: 'supervisor restarted web'});
  expect(pidOf(config)).toBeDefined();
});

test('the fix by supervisor says what cannot be started, what is not known, and that nobody listens', async ctx => {
  const config = await startSupervisord(ctx);
  expect(await restart('broken', config)).toEqual({kind: 'failed', detail: 'supervisorctl exited with code 1: broken: ERROR (no such file); try: supervisorctl tail broken stderr'});
  expect(await restart('unknown', config)).toEqual({kind: 'failed', detail: 'supervisorctl exited with code 1: unknown: ERROR (no such process); try: supervisorctl status'});
  const elsewhere = configIn(temporaryDirectory());
  expect(await restart('web', elsewhere)).toMatchObject({kind: 'failed', detail: expect.stringMatching(/^supervisorctl exited with code \d+: unix:\/\/.*\.sock no such file; is supervisord running\?/) as string});
});

function restart(name: string, config: string) {
  return definition.create({program: name, config}, setup()).restart(request, context());
}

/** A supervisord of this test alone, with a program `web` that runs and a program `broken` that cannot; resolves to its config file. */
async function startSupervisord(ctx: TestContext): Promise<string> {
  if (spawnSync('supervisord', ['--version']).error) ctx.skip('there is no supervisord; apt install supervisor');
  const directory = temporaryDirectory();
  const config = configIn(directory);
  onCleanup(() => endProcessesNaming(directory));
  const daemon = spawn('supervisord', ['-n', '-c', config], {stdio: 'ignore'});
  onCleanup(async () => {
    if (daemon.exitCode !== null || daemon.signalCode !== null) return;
    const ended = once(daemon, 'exit');
    daemon.kill('SIGTERM');
    await ended;
  });
  await until('supervisord listens', () => existsSync(join(directory, 'supervisor.sock')));
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
  const pid = Number(spawnSync('supervisorctl', ['-c', config, 'pid', 'web'], {encoding: 'utf8'}).stdout);
  return pid > 0 ? pid : undefined;
}
