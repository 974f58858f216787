import {expect, test} from 'vitest';
import type {Event} from '../../source/core/model/event.ts';
import type {OwnedChild} from '../../source/contracts/fix.ts';
import type {FixWait} from '../../source/monitor/fix-wait.ts';
import {createShutdown, type Ownership} from '../../source/monitor/shutdown.ts';
import type {OpenTarget} from '../../source/monitor/target.ts';
import {until} from '../helpers/until.ts';
import {loopOf, specOf} from './stand-ins.ts';
import {render} from '../../source/core/text/say.ts';

/** What an end does, in order; the fix is over when `fixEnds` is called. */
function ending(owner: Ownership, adopted = false) {
  const done: string[] = [];
  let fixEnds = () => {};
  const fixOver = new Promise<void>(resolve => (fixEnds = resolve));
  const child = {
    stop: async () => void done.push('child stopped'),
    kill: () => void done.push('child killed'),
  } as OwnedChild;
  const {loop} = loopOf([specOf('web')]);
  const fixWait: FixWait = {
    awaited: () => [],
    async wait(_, onWait) {
      done.push('waits for the fix');
      onWait('waits');
      await fixOver;
      done.push('fix over');
    },
    hurry: () => void done.push('waits no longer'),
  };
  const shutdown = createShutdown({
    ownership: () => owner,
    adopted,
    loop: {
      getSnapshot: loop.getSnapshot,
      now: loop.now,
      dispatch: ({type}: Event) => void done.push(type),
      async close(fixes) {
        done.push('loop closes');
        await fixes;
        done.push('loop closed');
      },
    },
    perform: {endFixes: () => ({targets: [], ended: Promise.resolve()})},
    fixWait,
    reload: {
      async settled() {
        await Promise.resolve();
        done.push('reload over');
      },
    },
    targets: {all: () => [{spec: specOf('web'), fix: {child}} as OpenTarget]},
    files: {
      writeStatus: () => void done.push('status written'),
      async flush() {
        done.push('status flushed');
        return true;
      },
    },
    notices: {log: text => void done.push(`log: ${render(text)}`)},
  });
  return {shutdown, done, fixEnds};
}

test('a shutdown begins no fix, waits for a running reload, and ends the loop with its children and its fix', async () => {
  const {shutdown, done, fixEnds} = ending('ours');
  const ended = shutdown.endLoop();
  await until('the child is stopped', () => done.includes('child stopped'));
  expect(done).toEqual([
    'waits for the fix',
    'log: waits',
    'reload over',
    'loop closes',
    'child stopped',
  ]);
  fixEnds();
  await ended;
  await shutdown.writeLast();
  expect(done.slice(5)).toEqual(['fix over', 'loop closed', 'status written', 'status flushed']);
});

test.each([
  ['was not begun', 'unbegun', false, ['child stopped']],
  ['another process still has', 'unbegun', true, ['let-go']],
  ['another process took', 'given', false, []],
] as const)('of a loop that %s only what is ours is ended', async (_, owner, adopted, expected) => {
  const {shutdown, done} = ending(owner, adopted);
  await shutdown.endLoop();
  await shutdown.writeLast();
  expect(done).toEqual(expected);
});

test('a hurry kills the children and waits for no fix, but spares those of another process', () => {
  const ours = ending('ours');
  ours.shutdown.hurry();
  expect(ours.done).toEqual(['child killed', 'waits no longer']);
  const theirs = ending('given');
  theirs.shutdown.hurry();
  expect(theirs.done).toEqual([]);
});
