import {expect, test} from 'vitest';
import type {Effect} from '../../source/core/model/effect.ts';
import type {Loop} from '../../source/runtime/monitor.ts';
import {createPerform} from '../../source/runtime/perform.ts';
import {healthyTarget, stateOf} from '../helpers/states.ts';

const notice = {at: 1, target: 'web', level: 'info', kind: 'change', text: 'hello'} as const;

test('each kind of effect reaches its handler', () => {
  const done: unknown[] = [];
  const state = stateOf(healthyTarget());
  const loop: Loop = {
    dispatch: () => {},
    getSnapshot: () => state,
    now: () => 0,
    caught: () => {},
    worked: () => {},
  };
  const perform = createPerform({
    probesOf: () => undefined,
    fixOf: () => undefined,
    gathererOf: () => undefined,
    continueProcess: () => ({kind: 'done', detail: ''}),
    worstLagSince: () => 0,
    notify: told => void done.push(told),
    writeStatus: written => void done.push(['status', written === state]),
    remember: kept => void done.push(['memory', kept === state]),
    consumeSignal: () => void done.push('signal'),
  });
  const effects: readonly Effect[] = [
    {type: 'notify', notice},
    {type: 'write-status'},
    {type: 'remember'},
    {type: 'consume-signal', target: 'web'},
    {type: 'cancel-check', target: 'nobody'},
    {type: 'cancel-fix', target: 'nobody'},
  ];
  for (const effect of effects) void perform(effect, loop);
  expect(done).toEqual([notice, ['status', true], ['memory', true], 'signal']);
  expect(perform.endFixes().targets).toEqual([]);
});
