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
import {makeStateDir, opened, sleeper, specOf} from './stand-ins.ts';

afterEach(cleanUp);

const pidOf = ({fix}: Awaited<ReturnType<typeof opened>>) => fix.child?.identity()?.pid ?? 0;

test('children are started and stopped, and what is no child is left alone', async () => {
  const stateDir = makeStateDir();
  const targets = [
    await opened(specOf('web', sleeper(stateDir)), stateDir),
    await opened(specOf('db'), stateDir),
  ];
  await startAll(targets);
  const pid = targets[0] ? pidOf(targets[0]) : 0;
  expect(isAlive(pid)).toBe(true);
  await stopAll(targets);
  expect(isAlive(pid)).toBe(false);
});

test('one that does not start is what the user has to settle, and its secrets are not told', async () => {
  const stateDir = makeStateDir();
  const spec = specOf('web', ['/nowhere/hunter2'], {secrets: ['hunter2']});
  await expect(startAll([await opened(spec, stateDir)])).rejects.toMatchObject({
    message: expect.stringMatching(/^cannot start \/nowhere\/\*\*\*: .*runs without a shell/),
    exitCode: EXIT.failed,
  });
});

test('who holds its port before it starts is noted, and that this fails is a reason not to start', async () => {
  const stateDir = makeStateDir();
  const target = await opened(specOf('web', sleeper(stateDir)), stateDir);
  const owner = {
    owner: async () => ({readings: {}, faults: []}),
    learn: async () => undefined,
    noteStranger: () => Promise.reject(new Error('out of files')),
  };
  expect(await startTarget({...target, probes: {...target.probes, owner}})).toBe(
    'cannot start it: out of files',
  );
  expect(pidOf(target)).toBe(0);
});

test('what an earlier run started for a target that is none any more is ended, and told', async () => {
  const stateDir = makeStateDir();
  const [kept, left] = [
    await opened(specOf('kept', sleeper(stateDir)), stateDir),
    await opened(specOf('left', sleeper(stateDir)), stateDir),
  ];
  await startAll([kept, left]);
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

test('a child goes on as that of another target only for the same command and patience', () => {
  const one = specOf('web', ['node', 'a.js']);
  const slower = {...one, fix: {...one.fix, stopTimeoutMs: 1}};
  expect(sameChild(one, {...one, preset: 'prod'})).toBe(true);
  expect(sameChild(one, slower)).toBe(false);
  expect(sameChild(one, specOf('web', ['node', 'b.js']))).toBe(false);
  expect(sameChild(one, specOf('web'))).toBe(false);
  expect(sameChild(specOf('web'), specOf('web'))).toBe(false);
});
