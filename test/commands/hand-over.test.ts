import {afterEach, expect, test} from 'vitest';
import {handOver, type HandedLoop} from '../../source/commands/shared/hand-over.ts';
import {cleanUp} from '../helpers/cleanup.ts';
import {makeHome} from '../helpers/home.ts';

afterEach(cleanUp);

test('a loop is let go of before anything else is waited for, and one that could not be let go of is not taken anew', async () => {
  const told: string[] = [];
  const say = (what: string) => () => void told.push(what);
  const monitor = {getSnapshot: () => ({targets: []}), now: () => 1, dispatch: ({type}: {readonly type: string}) => void told.push(type)};
  const loop = {
    monitor: monitor as unknown as HandedLoop['monitor'],
    stateDir: makeHome().stateDir,
    holdConfig: () => Promise.resolve(),
    async stopLooking() {
      await new Promise(setImmediate);
      told.push('stopped looking');
    },
    lookAgain: () => Promise.resolve(say('looks again')()),
    flush() {
      throw new Error('ENOSPC: no space left on device');
    },
    release: say('released'),
    retake() {
      throw new Error('the disk is full');
    },
  };
  const result = await handOver(loop, [], () => {}, new AbortController().signal);
  expect(result).toEqual({kind: 'kept', text: 'ENOSPC: no space left on device'});
  expect(told).toEqual(['let-go', 'stopped looking', 'taken-over', 'looks again']);
});
