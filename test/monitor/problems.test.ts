import {expect, test} from 'vitest';
import {createProblems} from '../../source/monitor/problems.ts';
import {loopOf, stillClock} from './stand-ins.ts';

const clock = stillClock(5);

test('reports from before the loop wait for it, the last one of each part', () => {
  const problems = createProblems(clock);
  const log = problems.about('log');
  log('the disk is full');
  log('it may not be written');
  problems.about('control')('no socket');
  problems.about('control')(undefined);
  const {loop, events} = loopOf([]);
  problems.connect(loop);
  expect(events).toEqual([{type: 'problem', at: 5, about: 'log', text: 'it may not be written'}]);
  log(undefined);
  expect(loop.getSnapshot().problems).toEqual({});
});

test('a part that works is reported only after a problem', () => {
  const problems = createProblems(clock);
  const {loop, events} = loopOf([]);
  problems.connect(loop);
  const report = problems.about('status file');
  report(undefined);
  report('no space left');
  report(undefined);
  report(undefined);
  expect(events.map(event => event.type === 'problem' && event.text)).toEqual([
    'no space left',
    undefined,
  ]);
});
