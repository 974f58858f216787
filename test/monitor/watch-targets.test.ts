import {afterEach, expect, test} from 'vitest';
import type {ProcessReading} from '../../source/core/model/observation.ts';
import type {OpenTarget} from '../../source/monitor/target.ts';
import {createTargets} from '../../source/monitor/targets.ts';
import {createTargetWatch} from '../../source/monitor/watch-targets.ts';
import {cleanUp} from '../helpers/cleanup.ts';
import {loopOf, specOf, stillClock} from './stand-ins.ts';

afterEach(cleanUp);

/** A target whose process is as `read` says. */
function target(name: string, read?: () => ProcessReading): OpenTarget {
  const process = read && {
    kind: 'process',
    read,
    judge: () => ({readings: {}, faults: []}),
    look: async () => ({readings: {}, faults: []}),
  };
  return {spec: specOf(name), probes: {process, checks: []}} as unknown as OpenTarget;
}

const gone = (): ProcessReading => ({state: 'gone', via: 'pid-file', pidFile: 'left', pid: 7});

function watching(targets: readonly OpenTarget[]) {
  const clock = stillClock();
  const all = createTargets(targets);
  const watch = createTargetWatch(clock, all);
  const {loop, events} = loopOf(all.specs(), clock);
  const looked = () => events.flatMap(event => (event.type === 'looked' ? [event.target] : []));
  return {clock, all, watch, loop, looked};
}

test('before its start the watch reads nothing, and reports no lag', () => {
  const {watch, looked} = watching([target('web', gone)]);
  watch.inspectNow();
  watch.stop();
  expect([looked(), watch.worstLagSince(0)]).toEqual([[], 0]);
});

test('it reads targets with a process four times a second, calls back every second, and follows a change of targets', () => {
  const {watch, loop, looked, clock, all} = watching([target('web', gone), target('db')]);
  let seconds = 0;
  watch.start(loop, () => void seconds++);
  for (let beat = 0; beat < 8; beat++) clock.advance(250);
  expect([looked(), seconds]).toEqual([['web'], 2]);
  all.replace([target('db', gone)]);
  loop.dispatch({type: 'tick', at: clock.now()});
  clock.advance(250);
  expect(looked()).toEqual(['web', 'db']);
});

test('a stopped watch reads nothing, and one that is started again reads once a beat', () => {
  const {watch, loop, looked, clock} = watching([target('web', gone)]);
  let seconds = 0;
  const everySecond = () => void seconds++;
  watch.start(loop, everySecond);
  watch.stop();
  for (let beat = 0; beat < 8; beat++) clock.advance(250);
  expect([looked(), seconds]).toEqual([[], 0]);
  watch.start(loop, everySecond);
  watch.start(loop, everySecond);
  for (let beat = 0; beat < 4; beat++) clock.advance(250);
  expect([looked(), seconds]).toEqual([['web'], 1]);
});
