import {expect, test} from 'vitest';
import {createProblems} from '../../source/monitor/problems.ts';
import {loopOf, stillClock} from './stand-ins.ts';

const clock = stillClock(5);

test('what is reported before there is a loop waits for it, the last word of each', () => {
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

test('the loop hears that all is well only of what was not', () => {
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
