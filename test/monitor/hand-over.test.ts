import {existsSync, mkdirSync, writeFileSync} from 'node:fs';
import {dirname} from 'node:path';
import {version} from 'agent2:version';
import {afterEach, expect, test} from 'vitest';
import {newTargets} from '../../source/core/targets.ts';
import {createHandOverRunner, handOver, type HandedLoop} from '../../source/monitor/hand-over.ts';
import {
  announcedHandover,
  handoverPath,
  HANDOVER_VARIABLE,
} from '../../source/monitor/hand-over-file.ts';
import {program} from '../fixtures/services/start.ts';
import {cleanUp, onCleanup} from '../helpers/cleanup.ts';
import {makeHome} from '../helpers/home.ts';
import {isAlive} from '../helpers/processes.ts';
import {chainOfTargets, healthyTarget, stateOf, stateOfAll} from '../helpers/states.ts';
import {until} from '../helpers/until.ts';
import {makeStateDir} from './stand-ins.ts';
import type {State} from '../../source/core/model/state.ts';

afterEach(cleanUp);

test('a loop is released before any wait, and a directory that was not released is not taken again', async () => {
  const told: string[] = [];
  const say = (what: string) => () => void told.push(what);
  const monitor = {
    getSnapshot: () => ({targets: newTargets([])}),
    now: () => 1,
    dispatch: ({type}: {readonly type: string}) => void told.push(type),
  };
  const loop = {
    monitor: monitor as unknown as HandedLoop['monitor'],
    stateDir: makeHome().stateDir,
    holdConfig: () => Promise.resolve(),
    async stopWatching() {
      await new Promise(setImmediate);
      told.push('stopped looking');
    },
    resumeWatching: () => Promise.resolve(say('looks again')()),
    flush() {
      throw new Error('ENOSPC: no space left on device');
    },
    release: say('released'),
    retake() {
      throw new Error('the disk is full');
    },
  };
  const result = await handOver(loop, {argv: []}, () => {}, new AbortController().signal);
  expect(result).toEqual({kind: 'kept', text: 'ENOSPC: no space left on device'});
  expect(told).toEqual(['let-go', 'stopped looking', 'taken-over', 'looks again']);
});

test('a waiting process of another version keeps its loop', () => {
  const path = handoverPath(makeHome().stateDir);
  mkdirSync(dirname(path), {recursive: true});
  const begin = (pid: number) => {
    writeFileSync(
      path,
      `${JSON.stringify({version: '0.0.0-older', at: Date.now(), pid, key: '00'})}\n{}\n`,
    );
    return announcedHandover({[HANDOVER_VARIABLE]: path});
  };
  expect(() => begin(process.ppid)).toThrow(/was updated to/);
  expect(begin(process.pid)).toBeUndefined();
});

test('a damaged state is not used, and the waiting process keeps its loop', () => {
  const path = handoverPath(makeHome().stateDir);
  mkdirSync(dirname(path), {recursive: true});
  const begin = (pid: number) => {
    const head = {version, at: Date.now(), pid, key: '00'};
    writeFileSync(path, `${JSON.stringify(head)}\n{"targets":[null]}\n`);
    return announcedHandover({[HANDOVER_VARIABLE]: path});
  };
  expect(() => begin(process.ppid)).toThrow('the state it received is damaged');
  expect(begin(process.pid)).toBeUndefined();
});

/** A loop in `state` that is given to the program `takes-over.mjs`, which is started in the place of agent2. */
function handOverSetup(state: State, more: Partial<HandedLoop> = {}) {
  const {argv, execArgv} = process;
  process.argv = [argv[0] ?? '', program('takes-over.mjs')];
  process.execArgv = [];
  onCleanup(() => void Object.assign(process, {argv, execArgv}));
  const told: string[] = [];
  const note = (what: string) => async () => void told.push(what);
  const stateDir = makeStateDir();
  const monitor = {
    getSnapshot: () => state,
    now: () => 1,
    dispatch: ({type}: {readonly type: string}) => void told.push(type),
  } as unknown as HandedLoop['monitor'];
  const loop: HandedLoop = {
    monitor,
    stateDir,
    holdConfig: note('config held'),
    stopWatching: note('stopped looking'),
    resumeWatching: note('looks again'),
    flush: async () => void told.push('flushed'),
    release: () => void told.push('released'),
    retake: () => void told.push('retaken'),
    ...more,
  };
  return {told, stateDir, runner: createHandOverRunner(loop, note('gone'))};
}

test('a loop that another process takes is closed here, and a second request gets the same outcome', async () => {
  const {runner, told, stateDir} = handOverSetup(stateOf(healthyTarget()));
  const [first, second] = await Promise.all([
    runner.run({argv: [stateDir]}, wait => void told.push(`waits for ${wait}`)),
    runner.run({argv: [stateDir]}, () => expect.unreachable()),
  ]);
  expect(first.kind).toBe('taken');
  expect(second).toBe(first);
  expect(first.kind === 'taken' && isAlive(first.pid)).toBe(true);
  expect(told).toEqual([
    'config held',
    'waits for start',
    'let-go',
    'stopped looking',
    'flushed',
    'released',
    'gone',
  ]);
});

test('a loop that no process takes continues here, with the reason', async () => {
  const {runner, told, stateDir} = handOverSetup(stateOf(healthyTarget()));
  expect(await runner.run({argv: ['--refuse', stateDir]}, () => {})).toEqual({
    kind: 'kept',
    text: 'the background process did not start: the watched targets have changed in the meantime',
  });
  expect(told.slice(-4)).toEqual(['released', 'retaken', 'taken-over', 'looks again']);
  expect(existsSync(handoverPath(stateDir))).toBe(false);
});

test('a loop whose directory another process took meanwhile is lost', async () => {
  const {runner, told, stateDir} = handOverSetup(stateOf(healthyTarget()), {
    retake() {
      throw new Error('another agent2 has it');
    },
  });
  expect(await runner.run({argv: ['--refuse', stateDir]}, () => {})).toEqual({
    kind: 'lost',
    text: 'another agent2 has it',
  });
  expect(told.slice(-2)).toEqual(['released', 'gone']);
});

test('a hand-over waits for a running fix, and a close meanwhile keeps the loop', async () => {
  const {runner, told} = handOverSetup(stateOfAll(chainOfTargets()));
  const given = runner.run({argv: []}, wait => void told.push(`waits for ${wait}`));
  await until('it waits', () => told.includes('waits for fix'));
  await runner.abort();
  expect(await given).toEqual({kind: 'kept', text: 'agent2 is ending'});
  expect(told).toEqual(['config held', 'waits for fix', 'looks again']);
  await runner.abort();
});
