import {execFileSync} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import {delimiter, join} from 'node:path';
import {afterEach, expect, test, vi, type TestContext} from 'vitest';
import {askProgram} from '../../source/io/run/ask-program.ts';
import {definition} from '../../source/fixes/pm2.ts';
import {program, temporaryDirectory} from '../fixtures/services/start.ts';
import {cleanUp, onCleanup} from '../helpers/cleanup.ts';
import {context, request, setup} from '../helpers/fix.ts';
import {endProcessesNaming, isAlive, processState, signal} from '../helpers/processes.ts';
import {until} from '../helpers/until.ts';

afterEach(async () => {
  vi.unstubAllEnvs();
  await cleanUp();
});

/** Each call of pm2 starts two or three programs. */
vi.setConfig({testTimeout: 120_000});

test('the fix by pm2 replaces a process that hangs, and says what it does not know', async ctx => {
  const {home, old} = startPm2(ctx);
  signal(old, 'SIGSTOP');
  await until('it hangs', () => processState(old) === 'T');
  expect(await restart('web', home)).toEqual({kind: 'done', detail: 'pm2 restarted web'});
  const pid = pidOf(home);
  expect(pid).not.toBe(old);
  expect(isAlive(pid)).toBe(true);
  expect(isAlive(old)).toBe(false);
  expect(await restart('unknown', home)).toEqual({
    kind: 'failed',
    detail:
      "pm2 exited with code 1: Process or Namespace unknown not found; try: pm2 list; processes of another user's daemon need home (PM2_HOME), those saved before a reboot pm2 resurrect",
  });
});

test('pm2 says what it was told to stop', async ctx => {
  const {home} = startPm2(ctx);
  const state = async () =>
    (
      await definition.state?.({process: 'web', home}, (argv, env) =>
        askProgram(argv, {timeoutMs: 60_000, env: {...process.env, ...env}}),
      )
    )?.state;
  expect(await state()).toBe('running');
  pm2(home, 'stop', 'web');
  expect(await state()).toBe('stopped');
});

function restart(name: string, home: string) {
  return definition
    .create({process: name, home, timeoutMs: 60_000}, setup())
    .restart(request, context());
}

/** A pm2 daemon of this test alone, with a process `web`. `AGENT2_TEST_PM2` is the directory where pm2 was installed by `npm install --prefix`. */
function startPm2(ctx: TestContext): {readonly home: string; readonly old: number} {
  const prefix = process.env['AGENT2_TEST_PM2'];
  if (prefix === undefined)
    return ctx.skip('AGENT2_TEST_PM2 names no directory; npm install --prefix DIR pm2');
  vi.stubEnv('PATH', `${join(prefix, 'node_modules/.bin')}${delimiter}${process.env['PATH']}`);
  const home = temporaryDirectory();
  onCleanup(async () => {
    // pm2 writes into its home until it is gone.
    const daemon = existsSync(join(home, 'pm2.pid'))
      ? Number(readFileSync(join(home, 'pm2.pid'), 'utf8'))
      : 0;
    if (daemon > 1 && signal(daemon, 'SIGTERM'))
      await until('the daemon of pm2 is gone', () => !isAlive(daemon));
    await endProcessesNaming(home);
  });
  pm2(home, 'start', program('idle.mjs'), '--name', 'web', '--', home);
  return {home, old: pidOf(home)};
}

function pidOf(home: string): number {
  return Number(pm2(home, 'pid', 'web').trim().split('\n').at(-1));
}

function pm2(home: string, ...words: readonly string[]): string {
  return execFileSync('pm2', words, {
    env: {...process.env, PM2_HOME: home},
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: 100_000,
  });
}
