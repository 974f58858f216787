import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, describe, expect, test} from 'vitest';
import type {FixDefinition} from '../../source/contracts/fix.ts';
import {render} from '../../source/core/text/say.ts';
import {definition as docker} from '../../source/fixes/docker.ts';
import {definition as pm2} from '../../source/fixes/pm2.ts';
import {definition as supervisor} from '../../source/fixes/supervisor.ts';
import {definition as systemd} from '../../source/fixes/systemd.ts';
import {temporaryDirectory} from '../fixtures/services/start.ts';
import {cleanUp} from '../helpers/cleanup.ts';

afterEach(cleanUp);

/** What the manager answers, in turn; `says` is rendered. */
async function stateOf<Options>(
  definition: FixDefinition<Options>,
  options: Options,
  ...outputs: readonly string[]
) {
  const answers = [...outputs];
  const state = await definition.state?.(options, () => {
    const output = answers.shift();
    return Promise.resolve(
      output === undefined
        ? {kind: 'missing'}
        : {kind: 'answered', code: output === '' ? 1 : 0, output, complaint: ''},
    );
  });
  return state && {...state, says: render(state.says)};
}

/** `systemctl show` of systemd 252, as it was after each act on a real unit. */
const unit = (more: Readonly<Record<string, string | number>>) =>
  Object.entries({
    Type: 'simple',
    Restart: 'no',
    RemainAfterExit: 'no',
    Result: 'success',
    LoadState: 'loaded',
    ActiveState: 'inactive',
    SubState: 'dead',
    FreezerState: 'running',
    UnitFileState: 'enabled',
    InactiveExitTimestampMonotonic: 1_567_700_000,
    ActiveExitTimestampMonotonic: 1_568_194_798,
    ExecMainExitTimestampMonotonic: 1_568_197_862,
    ...more,
  })
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
const itself = {
  ActiveExitTimestampMonotonic: 1_565_246_265,
  ExecMainExitTimestampMonotonic: 1_565_246_073,
  InactiveExitTimestampMonotonic: 1_563_200_000,
};
const forgotten = {
  InactiveExitTimestampMonotonic: 0,
  ActiveExitTimestampMonotonic: 0,
  ExecMainExitTimestampMonotonic: 0,
};
const failed = {ActiveState: 'failed', SubState: 'failed'};

describe('what systemd says about a unit', () => {
  test.each([
    ['systemctl stop', {}, 'stopped'],
    [
      'systemctl stop of a unit that is not enabled: forgotten',
      {...forgotten, UnitFileState: 'disabled'},
      'stopped',
    ],
    ['systemctl stop of a static unit', {...forgotten, UnitFileState: 'static'}, 'stopped'],
    ['an enabled unit that was never started', forgotten, 'failed'],
    ['its process ended in order, and nothing restarts that', itself, 'failed'],
    ['kill PID by hand', {...itself, Restart: 'on-failure'}, 'failed'],
    [
      'ended in order under Restart=always, then systemctl stop while it waited',
      {...itself, Restart: 'always'},
      'stopped',
    ],
    [
      'killed, then systemctl stop while it waited for its restart',
      {...itself, Result: 'signal', Restart: 'on-failure'},
      'stopped',
    ],
    ['kill -9', {...itself, ...failed, Result: 'signal'}, 'failed'],
    [
      'Java ends with code 143 when systemctl stops it',
      {...failed, Result: 'exit-code'},
      'stopped',
    ],
    [
      'too slow for TimeoutStopSec when systemctl stopped it',
      {...failed, Result: 'timeout'},
      'stopped',
    ],
    ['its watchdog fired', {...failed, Result: 'watchdog'}, 'failed'],
    ['no memory', {...failed, Result: 'oom-kill'}, 'failed'],
    [
      'a start that failed after an earlier stop',
      {...failed, Result: 'exit-code', InactiveExitTimestampMonotonic: 1_568_196_000},
      'failed',
    ],
    ['its start limit', {...failed, Result: 'start-limit-hit'}, 'failed'],
    ['waits for its restart', {ActiveState: 'activating', SubState: 'auto-restart'}, 'restarting'],
    ['starts', {ActiveState: 'activating', SubState: 'start'}, 'restarting'],
    ['stops', {ActiveState: 'deactivating', SubState: 'stop-sigterm'}, 'restarting'],
    ['runs', {ActiveState: 'active', SubState: 'running'}, 'running'],
    ['reloads', {ActiveState: 'reloading', SubState: 'reload'}, 'running'],
    [
      'systemctl freeze',
      {ActiveState: 'active', SubState: 'running', FreezerState: 'frozen'},
      'paused',
    ],
    [
      'an LSB script that was stopped',
      {Type: 'forking', RemainAfterExit: 'yes', ExecMainExitTimestampMonotonic: 0},
      'stopped',
    ],
    ['a oneshot unit whose service goes on without it', {Type: 'oneshot'}, undefined],
    ['no such unit', {LoadState: 'not-found', ...forgotten}, undefined],
  ])('%s', async (_, properties, state) => {
    expect((await stateOf(systemd, {unit: 'web.service'}, unit(properties)))?.state).toBe(state);
  });

  test('is told with its own words', async () => {
    expect((await stateOf(systemd, {unit: 'web.service'}, unit({})))?.says).toBe(
      'systemd was told to stop web.service; it is inactive (dead)',
    );
  });

  test('is nothing where systemd does not run, or does not answer', async () => {
    expect(await stateOf(systemd, {unit: 'web.service'}, '')).toBeUndefined();
    expect(await stateOf(systemd, {unit: 'web.service'})).toBeUndefined();
  });
});

describe('what supervisor says about a program', () => {
  test.each([
    ['web                              STOPPED   Dec 01 11:51 AM', 'stopped'],
    ['web                              STOPPED   Not started', 'stopped'],
    ['web                              RUNNING   pid 42, uptime 0:00:03', 'running'],
    ['web                              STARTING', 'restarting'],
    [
      'web                              BACKOFF   Exited too quickly (process log may have details)',
      'restarting',
    ],
    ['web                              STOPPING', 'restarting'],
    ['web                              EXITED    Dec 01 11:51 AM', 'failed'],
    ["web                              FATAL     can't find command '/nowhere'", 'failed'],
    ['web: ERROR (no such process)', undefined],
    ['unix:///var/run/supervisor.sock no such file', undefined],
    ['web:a  STOPPED  Dec 01 11:51 AM\nweb:b  RUNNING  pid 7, uptime 0:01:00', 'running'],
    ['web:a  STOPPED  Dec 01 11:51 AM\nweb:b  EXITED  Dec 01 11:51 AM', 'failed'],
    ['web:a  STOPPED  Dec 01 11:51 AM\nweb:b  STOPPED  Dec 01 11:51 AM', 'stopped'],
  ])('%j', async (output, state) => {
    expect((await stateOf(supervisor, {program: 'web'}, `${output}\n`))?.state).toBe(state);
  });
});

describe('what pm2 says about a process', () => {
  const home = () => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, 'rpc.sock'), '');
    return directory;
  };
  const listed = (env: object, name = 'web', id = 3) =>
    `>>>> In-memory PM2 is out-of-date\n${JSON.stringify([
      {name: 'other', pm_id: 9, pm2_env: {status: 'online'}},
      {name, pm_id: id, pm2_env: env},
    ])}\n`;

  test.each([
    [{status: 'stopped', autorestart: true, exit_code: 0}, 'stopped'],
    [{status: 'stopped', autorestart: false, exit_code: 3}, 'failed'],
    [{status: 'stopped', autorestart: false, exit_code: 0}, 'stopped'],
    [{status: 'errored', autorestart: true, exit_code: 1}, 'failed'],
    [{status: 'waiting restart', autorestart: true, exit_code: 3}, 'restarting'],
    [{status: 'launching'}, 'restarting'],
    [{status: 'stopping'}, 'restarting'],
    [{status: 'online'}, 'running'],
  ])('%j', async (env, state) => {
    expect((await stateOf(pm2, {process: 'web', home: home()}, listed(env)))?.state).toBe(state);
    expect((await stateOf(pm2, {process: '3', home: home()}, listed(env)))?.state).toBe(state);
  });

  test('is nothing about a name that it does not know, of damaged output, and without a daemon, which the question would start', async () => {
    const env = {status: 'stopped'};
    expect(await stateOf(pm2, {process: 'x', home: home()}, listed(env))).toBeUndefined();
    expect(await stateOf(pm2, {process: 'web', home: home()}, '[{"name":')).toBeUndefined();
    expect(
      await stateOf(pm2, {process: 'web', home: temporaryDirectory()}, listed(env)),
    ).toBeUndefined();
  });
});

describe('what docker says about a container', () => {
  const events = (...acts: readonly string[]) =>
    acts.map(Action => `${JSON.stringify({Type: 'container', Action})}\n`).join('');
  test.each([
    ['running\t0\tfalse\tno', '', 'running'],
    ['paused\t0\tfalse\tno', '', 'paused'],
    ['restarting\t1\tfalse\talways', '', 'restarting'],
    ['exited\t0\tfalse\tno', '', 'stopped'],
    ['exited\t143\tfalse\ton-failure', '', 'stopped'],
    ['exited\t130\tfalse\tno', '', 'stopped'],
    ['exited\t137\tfalse\tno', events('start', 'kill', 'kill', 'die', 'stop'), 'stopped'],
    ['exited\t137\tfalse\tno', events('stop', 'start', 'die'), 'failed'],
    ['exited\t137\tfalse\tno', '', 'failed'],
    ['exited\t137\ttrue\tno', events('stop'), 'failed'],
    ['exited\t1\tfalse\tno', '', 'failed'],
    ['exited\t1\tfalse\tunless-stopped', '', 'stopped'],
    ['created\t0\tfalse\tno', '', 'failed'],
    ['dead\t0\tfalse\tno', '', 'failed'],
    ['', '', undefined],
  ])('%j', async (shown, log, state) => {
    expect((await stateOf(docker, {container: 'web'}, shown && `${shown}\n`, log))?.state).toBe(
      state,
    );
  });
});
