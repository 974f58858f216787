import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, expect, test} from 'vitest';
import {UsageError} from '../../source/contracts/command.ts';
import {HOST, paths} from '../../source/control/protocol.ts';
import type {Notice} from '../../source/core/model/effect.ts';
import {requestLocally} from '../../source/io/socket/local-request.ts';
import {findSocket} from '../../source/io/socket/socket-path.ts';
import {systemClock} from '../../source/io/clock.ts';
import {startAll} from '../../source/monitor/children.ts';
import {handoverPath, writeHandover} from '../../source/monitor/hand-over-file.ts';
import {createProblems} from '../../source/monitor/problems.ts';
import {openTarget} from '../../source/monitor/target.ts';
import {openMonitor} from '../../source/monitor/open.ts';
import {makers} from '../../source/monitor/pieces.ts';
import type {MonitorSetup} from '../../source/monitor/setup.ts';
import {statusPath} from '../../source/monitor/state-files.ts';
import {startLikeAgent2} from '../fixtures/services/start.ts';
import {cleanUp, onCleanup} from '../helpers/cleanup.ts';
import {makeHome} from '../helpers/home.ts';
import {processesNaming} from '../helpers/processes.ts';
import {PATIENCE_MS, until} from '../helpers/until.ts';
import {loopOf, sleeper, specOf} from './stand-ins.ts';

afterEach(cleanUp);

/** A monitor of a child, and of a service that is only watched, in a directory of its own. */
function setupIn(stateDir: string, more: Partial<MonitorSetup> = {}): MonitorSetup {
  return {
    targets: [specOf('web', sleeper(stateDir)), specOf('db')],
    stateDirOption: stateDir,
    temporary: true,
    log: {},
    ...more,
  };
}

const sleepers = (stateDir: string) => processesNaming(stateDir);
const logOf = (stateDir: string) => readFileSync(join(stateDir, 'agent2.log'), 'utf8');
const statusOf = (stateDir: string) =>
  (JSON.parse(readFileSync(statusPath(stateDir), 'utf8')) as {readonly status: string}).status;

/** Everything of a monitor that could outlive it in this process. */
function leftIn(stateDir: string) {
  return {
    lock: existsSync(join(stateDir, 'agent2.pid')),
    children: sleepers(stateDir),
    socket: findSocket(stateDir),
  };
}

const nothing = {lock: false, children: [], socket: undefined};

test('a monitor starts its children, watches, answers and logs it; a close leaves nothing behind', async () => {
  const {stateDir} = makeHome();
  const notices: Notice[] = [];
  const monitor = await openMonitor(
    setupIn(stateDir, {onNotice: ({notice}) => void notices.push(notice), record: true}),
  );
  onCleanup(monitor.close);
  expect(monitor.targets().map(({name}) => name)).toEqual(['web', 'db']);
  expect([monitor.actionOf('web'), monitor.actionOf('db'), monitor.actionOf('?')]).toEqual([
    sleeper(stateDir).join(' '),
    undefined,
    undefined,
  ]);
  const socket = await until('its socket is there', () => findSocket(stateDir));
  const answer = await requestLocally({
    socketPath: socket,
    method: 'GET',
    path: paths.status,
    host: HOST,
    deadlineMs: PATIENCE_MS,
  });
  expect(answer).toMatchObject({kind: 'response', status: 200});
  expect(sleepers(stateDir)).toHaveLength(1);
  await until('the first checks are over', () =>
    notices.some(({target, kind}) => target === 'db' && kind === 'down'),
  );
  expect(logOf(stateDir)).toMatch(/agent2 .* starts as process \d+: watches web, db/);
  monitor.continueWithoutScreen();
  await until('the status says so', () =>
    readFileSync(statusPath(stateDir), 'utf8').includes('screen_lost'),
  );
  await monitor.close();
  await monitor.close();
  expect(leftIn(stateDir)).toEqual(nothing);
  expect(statusOf(stateDir)).toBe('stopped');
  expect(readFileSync(join(stateDir, 'record.jsonl'), 'utf8')).toContain('"stopped"');
});

const failing = Object.keys(makers).filter(
  // Only who takes a loop over needs these.
  name => name !== 'takenFrom' && name !== 'forgetHandover',
) as ReadonlyArray<keyof typeof makers>;

test.each(failing)('a failure of %s leaves nothing behind', async name => {
  const {stateDir} = makeHome();
  const fails = () => {
    throw new Error(`${name} fails`);
  };
  await expect(
    openMonitor(setupIn(stateDir, {temporary: false, record: true}), {...makers, [name]: fails}),
  ).rejects.toThrow(`${name} fails`);
  expect(leftIn(stateDir)).toEqual(nothing);
});

test.each(['watch', 'control', 'children', 'log', 'recorder'] as const)(
  'a failure to end its %s does not stop the rest from ending, and is thrown',
  async what => {
    const {stateDir} = makeHome();
    const fails = () => {
      throw new Error(`${what} does not end`);
    };
    const monitor = await openMonitor(setupIn(stateDir, {record: true}), {
      ...makers,
      createTargetWatch(...given) {
        const watch = makers.createTargetWatch(...given);
        return what === 'watch' ? {...watch, stop: () => (watch.stop(), fails())} : watch;
      },
      createMonitorControl(...given) {
        const control = makers.createMonitorControl(...given);
        return what === 'control'
          ? {...control, close: () => control.close().then(fails)}
          : control;
      },
      async openTarget(...given) {
        const target = await makers.openTarget(...given);
        const stop = target.fix.child?.stop;
        if (what === 'children' && target.fix.child && stop)
          Object.assign(target.fix.child, {stop: () => stop().then(fails)});
        return target;
      },
      openMonitorLog(...given) {
        const log = makers.openMonitorLog(...given);
        return what === 'log' ? {...log, close: () => log.close().then(fails)} : log;
      },
      recorderFor(...given) {
        const recorder = makers.recorderFor(...given);
        return what === 'recorder' && recorder
          ? {...recorder, close: () => recorder.close().then(fails)}
          : recorder;
      },
    });
    await until('its socket is there', () => findSocket(stateDir));
    await expect(monitor.close()).rejects.toThrow(`${what} does not end`);
    expect(leftIn(stateDir)).toEqual(nothing);
    expect(statusOf(stateDir)).toBe('stopped');
  },
);

/** What another process, played by this one, let go of: a loop whose child runs. */
async function handedOver(stateDir: string) {
  const {targets} = setupIn(stateDir);
  mkdirSync(join(stateDir, 'run'), {recursive: true});
  const problems = createProblems({now: () => 0});
  const home = {stateDir, separate: false, now: () => 0, problems};
  await startAll(await Promise.all(targets.map(spec => openTarget(spec, home))), {needed: true});
  // While a program replaces itself by another, it has no command line.
  await until('the child can be told', () => sleepers(stateDir).length === 1);
  const {loop} = loopOf(targets, systemClock());
  loop.dispatch({type: 'started', at: loop.now()});
  loop.dispatch({type: 'let-go', at: loop.now()});
  const path = handoverPath(stateDir);
  writeHandover(path, loop.getSnapshot());
  return {path, givenBy: process.ppid + 1, state: loop.getSnapshot()};
}

test('a loop that was handed over keeps its running child', async () => {
  const {stateDir} = makeHome();
  const handover = await handedOver(stateDir);
  const before = sleepers(stateDir);
  const monitor = await openMonitor(setupIn(stateDir, {handover}));
  onCleanup(monitor.close);
  expect(sleepers(stateDir)).toEqual(before);
  expect(before).toHaveLength(1);
  expect(existsSync(handover.path)).toBe(false);
  await monitor.close();
  expect(logOf(stateDir)).toMatch('continues in the background as process');
  expect(leftIn(stateDir)).toEqual(nothing);
});

test.each(['keepStateDir', 'createSignalWatch', 'forgetHandover'] as const)(
  'a failure of %s during a take-over leaves the child to the other process',
  async name => {
    const {stateDir} = makeHome();
    const handover = await handedOver(stateDir);
    const before = sleepers(stateDir);
    const fails = () => {
      throw new Error(`${name} fails`);
    };
    await expect(
      openMonitor(setupIn(stateDir, {handover}), {...makers, [name]: fails}),
    ).rejects.toThrow(`${name} fails`);
    expect(leftIn(stateDir)).toEqual({...nothing, children: before});
    expect(existsSync(handover.path)).toBe(true);
  },
);

test('a failure after the start of the watch stops the loop in order', async () => {
  const {stateDir} = makeHome();
  const opening = openMonitor(setupIn(stateDir), {
    ...makers,
    createReload: (...given) => ({
      ...makers.createReload(...given),
      follow: () => Promise.reject(new Error('it cannot be followed')),
    }),
  });
  await expect(opening).rejects.toThrow('it cannot be followed');
  expect(leftIn(stateDir)).toEqual(nothing);
  expect(statusOf(stateDir)).toBe('stopped');
});

test('the error of opening comes before the errors of the teardown', async () => {
  const {stateDir} = makeHome();
  const opening = openMonitor(setupIn(stateDir), {
    ...makers,
    openMonitorLog: (...given) => ({
      ...makers.openMonitorLog(...given),
      close() {
        throw new Error('the log stays open');
      },
    }),
    startAll: () => Promise.reject(new UsageError('it does not start', 1)),
  });
  const error: unknown = await opening.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UsageError);
  expect(error).toMatchObject({
    message: 'it does not start',
    exitCode: 1,
    cause: {errors: [new Error('the log stays open')]},
  });
  expect(leftIn(stateDir)).toEqual(nothing);
});

test.each([true, false])(
  'a monitor is registered unless its directory is temporary: %s',
  async temporary => {
    const {stateDir} = makeHome();
    let registered = false;
    const monitor = await openMonitor(setupIn(stateDir, {temporary}), {
      ...makers,
      keepRegistered: () => ((registered = true), {everySecond: () => {}}),
    });
    onCleanup(monitor.close);
    expect(registered).toBe(!temporary);
  },
);

test('a directory of another monitor is left alone', async () => {
  const {stateDir} = makeHome();
  mkdirSync(stateDir);
  const {pid} = await startLikeAgent2();
  writeFileSync(join(stateDir, 'agent2.pid'), `${pid}\n`);
  await expect(openMonitor(setupIn(stateDir))).rejects.toThrow(
    new RegExp(`^another agent2, pid ${pid}, already uses ${stateDir}`),
  );
  expect(readFileSync(join(stateDir, 'agent2.pid'), 'utf8')).toBe(`${pid}\n`);
  expect(sleepers(stateDir)).toEqual([]);
});
