import {afterEach, expect, test} from 'vitest';
import {EXIT} from '../../source/contracts/command.ts';
import {
  endOrphans,
  sameChild,
  startAll,
  startTarget,
  stopAll,
} from '../../source/monitor/children.ts';
import {cleanUp} from '../helpers/cleanup.ts';
import {isAlive} from '../helpers/processes.ts';
import {until} from '../helpers/until.ts';
import {render} from '../../source/core/text/say.ts';
import {makeStateDir, opened, sleeper, specOf} from './stand-ins.ts';

afterEach(cleanUp);

const pidOf = ({fix}: Awaited<ReturnType<typeof opened>>) => fix.child?.identity()?.pid ?? 0;

test('children are started and stopped, and other targets are left alone', async () => {
  const stateDir = makeStateDir();
  const targets = [
    await opened(specOf('web', sleeper(stateDir)), stateDir),
    await opened(specOf('db'), stateDir),
  ];
  await startAll(targets, {needed: true});
  const pid = targets[0] ? pidOf(targets[0]) : 0;
  expect(isAlive(pid)).toBe(true);
  await stopAll(targets);
  expect(isAlive(pid)).toBe(false);
});

test('a child that does not start is an error for the user, without its secrets', async () => {
  const stateDir = makeStateDir();
  const spec = specOf('web', ['/nowhere/hunter2'], {secrets: ['hunter2']});
  await expect(startAll([await opened(spec, stateDir)], {needed: true})).rejects.toMatchObject({
    message: expect.stringMatching(/^cannot start \/nowhere\/\*\*\*: .*runs without a shell/),
    exitCode: EXIT.failed,
  });
});

test('a child that does not start keeps no other from running where children are not needed, and says so', async () => {
  const stateDir = makeStateDir();
  const [missing, web] = [
    await opened(specOf('db', ['/nowhere/hunter2'], {secrets: ['hunter2']}), stateDir),
    await opened(specOf('web', sleeper(stateDir)), stateDir),
  ];
  expect((await startAll([missing, web], {needed: false})).map(text => render(text))).toEqual([
    'db: cannot start /nowhere/***: command not found: /nowhere/***; agent2 watches on, and tries again',
  ]);
  expect(isAlive(pidOf(web))).toBe(true);
  expect(missing.fix.child?.startFailure()).toMatch('command not found');
});

test('the holder of the port is noted before a child starts, and a failure of that prevents the start', async () => {
  const stateDir = makeStateDir();
  const target = await opened(specOf('web', sleeper(stateDir)), stateDir);
  const owner = {
    owner: async () => ({readings: {}, faults: []}),
    learn: async () => undefined,
    noteStranger: () => Promise.reject(new Error('out of files')),
    doubt: () => undefined,
    leftovers: async () => [],
    endedFront: () => undefined,
  };
  expect(await startTarget({...target, probes: {...target.probes, owner}})).toBe(
    'cannot start it: out of files',
  );
  expect(pidOf(target)).toBe(0);
});

test('a child of an earlier run without a target is ended, and logged', async () => {
  const stateDir = makeStateDir();
  const [kept, left] = [
    await opened(specOf('kept', sleeper(stateDir)), stateDir),
    await opened(specOf('left', sleeper(stateDir)), stateDir),
  ];
  await startAll([kept, left], {needed: true});
  const pid = pidOf(left);
  expect(await endOrphans(stateDir, [kept])).toEqual([
    expect.stringMatching(
      /^a process that an earlier run started for left, which agent2 no longer starts/,
    ),
  ]);
  await until('it has ended', () => !isAlive(pid));
  expect(isAlive(pidOf(kept))).toBe(true);
  expect(await endOrphans(makeStateDir(), [])).toEqual([]);
});

test('a child stays under changed settings only with the same command and stop timeout', () => {
  const one = specOf('web', ['node', 'a.js']);
  const slower = {...one, fix: {...one.fix, stopTimeoutMs: 1}};
  expect(sameChild(one, {...one, preset: 'prod'})).toBe(true);
  expect(sameChild(one, slower)).toBe(false);
  expect(sameChild(one, specOf('web', ['node', 'b.js']))).toBe(false);
  expect(sameChild(one, specOf('web'))).toBe(false);
  expect(sameChild(specOf('web'), specOf('web'))).toBe(false);
});
