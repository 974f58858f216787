import {mkdirSync, writeFileSync} from 'node:fs';
import {dirname} from 'node:path';
import {afterEach, expect, test} from 'vitest';
import {handOver, type HandedLoop} from '../../source/monitor/hand-over.ts';
import {
  announcedHandover,
  handoverPath,
  HANDOVER_VARIABLE,
} from '../../source/monitor/hand-over-file.ts';
import {cleanUp} from '../helpers/cleanup.ts';
import {makeHome} from '../helpers/home.ts';
import {newTargets} from '../../source/core/targets.ts';

afterEach(cleanUp);

test('a loop is let go of before anything else is waited for, and one that could not be let go of is not taken anew', async () => {
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

test('one of another version that waits to be taken over from is not taken for nobody', () => {
  const path = handoverPath(makeHome().stateDir);
  mkdirSync(dirname(path), {recursive: true});
  const begin = (pid: number) => {
    writeFileSync(
      path,
      `${JSON.stringify({version: '0.0.0-older', at: Date.now(), pid, key: '00'})}\n{}\n`,
    );
    return announcedHandover({[HANDOVER_VARIABLE]: path});
  };
  expect(() => begin(process.ppid)).toThrow(/was updated to .* meanwhile/);
  expect(begin(process.pid)).toBeUndefined();
});
