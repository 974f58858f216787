import {existsSync, mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, expect, test} from 'vitest';
import {watchedOf} from '../../source/config/state-dir.ts';
import type {TargetSpec} from '../../source/config/spec.ts';
import {emptyMemory} from '../../source/core/memory.ts';
import {startAll} from '../../source/monitor/children.ts';
import type {Memories} from '../../source/monitor/memory.ts';
import {createReload} from '../../source/monitor/reload.ts';
import type {ConfigSource} from '../../source/monitor/setup.ts';
import {createTargets} from '../../source/monitor/targets.ts';
import {cleanUp, onCleanup} from '../helpers/cleanup.ts';
import {isAlive} from '../helpers/processes.ts';
import {until} from '../helpers/until.ts';
import {heardProblems, loopOf, makeStateDir, opened, sleeper, specOf} from './stand-ins.ts';

afterEach(cleanUp);

/** Follows a config file that says what the test wants, with a monitor of `specs` whose children run. */
async function follow(specs: readonly TargetSpec[], stateDir = makeStateDir()) {
  const {heard, ...problems} = heardProblems();
  const done: string[] = [];
  const targets = createTargets(
    await Promise.all(specs.map(spec => opened(spec, stateDir, problems))),
  );
  onCleanup(() => targets.all().forEach(({fix}) => fix.child?.kill()));
  await startAll(targets.all(), {needed: true});
  const {loop, events} = loopOf(specs);
  let read: ConfigSource['read'];
  let changed: () => void = () => {};
  const source: ConfigSource = {
    path: '/etc/agent2.yaml',
    place: watchedOf({}),
    read: () => read(),
    watch: async onChange => {
      changed = onChange;
      return async () => {
        done.push('unwatched');
        changed = () => {};
      };
    },
  };
  const memories: Pick<Memories, 'of' | 'keep'> = {
    of: name => (name === 'left' ? emptyMemory : undefined),
    keep: () => void done.push('memories kept'),
  };
  const reload = createReload(source, {
    home: {stateDir, separate: true, now: () => 0, problems},
    stateDirOption: stateDir,
    targets,
    memories,
    loop,
    log: {configure: () => void done.push('log configured')},
    files: {renewCard: () => void done.push('card renewed')},
    watch: {inspectNow: () => void done.push('looked')},
    problems,
  });
  await reload.follow();
  return {
    stateDir,
    targets,
    loop,
    events,
    heard,
    done,
    reload,
    async says(next: readonly TargetSpec[] | string | Error) {
      read = async () => {
        if (next instanceof Error) throw next;
        return typeof next === 'string'
          ? {kind: 'bad', text: next}
          : {kind: 'good', place: watchedOf({}), targets: next};
      };
      changed();
      await reload.settled();
    },
  };
}

const pidOf = (target: {fix: {child?: {identity(): {pid: number} | undefined}}} | undefined) =>
  target?.fix.child?.identity()?.pid ?? 0;

test('a valid file is applied: new targets are opened, unchanged ones stay, and returning ones have their memory', async () => {
  const monitor = await follow([specOf('web'), specOf('db')]);
  const web = monitor.targets.get('web');
  await monitor.says([specOf('left'), specOf('web')]);
  expect(monitor.targets.specs().map(({name}) => name)).toEqual(['left', 'web']);
  expect(monitor.targets.get('web')).toBe(web);
  expect(monitor.done).toEqual(['memories kept', 'log configured', 'card renewed']);
  expect(monitor.heard.get('config')).toBeUndefined();
  const [event] = monitor.events;
  expect(event?.type === 'reconfigured' && event.targets.map(({memory}) => memory)).toEqual([
    emptyMemory,
    undefined,
  ]);
  expect(existsSync(join(monitor.stateDir, 'targets/left'))).toBe(true);
});

test.each([
  ['is wrong', 'line 3: no such word', 'line 3: no such word'],
  ['cannot be read', new Error('it is gone'), 'it is gone'],
  [
    'names a kind that there is not',
    [
      specOf('web', undefined, {
        fix: {...specOf('web').fix, use: 'magic'},
        fingerprint: 'new',
      }),
    ],
    'no fix magic',
  ],
])(
  'a file that %s changes nothing and is reported until it is valid again',
  async (_, bad, text) => {
    const monitor = await follow([specOf('web')]);
    const before = monitor.targets.all();
    await monitor.says(bad);
    expect(monitor.heard.get('config')).toBe(`${text}; the old config stays in use`);
    expect(monitor.targets.all()).toBe(before);
    expect([monitor.events, monitor.done]).toEqual([[], []]);
    await monitor.says([specOf('web')]);
    expect(monitor.heard.get('config')).toBeUndefined();
  },
);

test('a child stays under changed settings, and is replaced only for another command', async () => {
  const stateDir = makeStateDir();
  const argv = sleeper(stateDir);
  const monitor = await follow([specOf('web', argv)], stateDir);
  const first = pidOf(monitor.targets.get('web'));
  await monitor.says([specOf('web', argv, {fingerprint: 'slower', preset: 'prod'})]);
  expect(monitor.targets.get('web')?.spec.preset).toBe('prod');
  expect(pidOf(monitor.targets.get('web'))).toBe(first);
  expect(isAlive(first)).toBe(true);
  await monitor.says([specOf('web', [...argv, 'again'])]);
  const second = pidOf(monitor.targets.get('web'));
  expect([isAlive(first), isAlive(second)]).toEqual([false, true]);
  await monitor.says([specOf('other')]);
  expect(isAlive(second)).toBe(false);
});

test('the loop gets the config before any child is stopped, and the exit of a new child', async () => {
  const stateDir = makeStateDir();
  const monitor = await follow([specOf('web', sleeper(stateDir))], stateDir);
  const order: string[] = [];
  const child = monitor.targets.get('web')?.fix.child;
  const stop = child?.stop;
  if (child && stop)
    Object.assign(child, {
      stop: () => {
        order.push(...monitor.events.map(({type}) => type), 'stopped');
        return stop();
      },
    });
  await monitor.says([specOf('db', sleeper(stateDir))]);
  expect(order).toEqual(['reconfigured', 'stopped']);
  monitor.targets.get('db')?.fix.child?.kill();
  await until('its exit is heard of', () => monitor.done.includes('looked'));
});

test('a child that cannot be stopped is reported, and does not prevent the start of others', async () => {
  const stateDir = makeStateDir();
  const monitor = await follow([specOf('web', sleeper(stateDir))], stateDir);
  const child = monitor.targets.get('web')?.fix.child;
  if (child) Object.assign(child, {stop: () => Promise.reject(new Error('it does not end'))});
  await monitor.says([specOf('db', sleeper(stateDir))]);
  expect(monitor.heard.get('config')).toBe(
    'the new config is applied only in part: it does not end',
  );
  expect(isAlive(pidOf(monitor.targets.get('db')))).toBe(true);
  await monitor.says([specOf('web')]);
  expect(monitor.heard.get('config')).toBeUndefined();
});

test('a file that names another directory is applied, and the directory reported', async () => {
  const other = makeStateDir();
  const {heard, ...problems} = heardProblems();
  let changed = () => {};
  const spec = specOf('web');
  const targets = createTargets([await opened(spec, other, problems)]);
  const reload = createReload(
    {
      path: '/etc/agent2.yaml',
      place: watchedOf({}),
      read: async () => ({
        kind: 'good',
        place: watchedOf({stateDir: '/var/lib/elsewhere'}),
        targets: [spec],
      }),
      watch: async onChange => {
        changed = onChange;
        return async () => {};
      },
    },
    {
      home: {stateDir: other, separate: true, now: () => 0, problems},
      stateDirOption: undefined,
      targets,
      memories: {of: () => undefined, keep: () => {}},
      loop: loopOf([spec]).loop,
      log: {configure: () => {}},
      files: {renewCard: () => {}},
      watch: {inspectNow: () => {}},
      problems,
    },
  );
  await reload.follow();
  changed();
  await reload.settled();
  expect(heard.get('config place')).toMatch('/var/lib/elsewhere');
});

test('no file is applied after a stop, until it is followed again', async () => {
  const monitor = await follow([specOf('web')]);
  await monitor.reload.stop();
  await monitor.reload.stop();
  await monitor.says([specOf('db')]);
  expect(monitor.targets.get('db')).toBeUndefined();
  expect(monitor.done).toEqual(['unwatched']);
  await monitor.reload.follow();
  await monitor.says([specOf('db')]);
  expect(monitor.targets.get('db')).toBeDefined();
});

test('a file that cannot be followed is reported; without a file nothing is followed', async () => {
  const {heard, ...problems} = heardProblems();
  const stateDir = makeStateDir();
  mkdirSync(stateDir, {recursive: true});
  const setup = {
    home: {stateDir, separate: true, now: () => 0, problems},
    stateDirOption: undefined,
    targets: createTargets([]),
    memories: {of: () => undefined, keep: () => {}},
    loop: loopOf([]).loop,
    log: {configure: () => {}},
    files: {renewCard: () => {}},
    watch: {inspectNow: () => {}},
    problems,
  };
  const none = createReload(undefined, setup);
  await none.follow();
  await none.settled();
  await none.stop();
  expect(heard.size).toBe(0);
  const source: ConfigSource = {
    path: '/etc/agent2.yaml',
    place: watchedOf({}),
    read: () => Promise.reject(new Error('never asked')),
    watch: () => Promise.reject(new Error('too many watches')),
  };
  const unfollowed = createReload(source, setup);
  await unfollowed.follow();
  expect(heard.get('config watch')).toBe(
    'agent2 cannot follow changes of /etc/agent2.yaml: too many watches',
  );
  await unfollowed.stop();
});
