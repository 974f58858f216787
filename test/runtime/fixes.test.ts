import {expect, test} from 'vitest';
import type {Effect, FixRequest} from '../../source/core/model/effect.ts';
import type {Event} from '../../source/core/model/event.ts';
import {initialState} from '../../source/core/initial.ts';
import {createPerform} from '../../source/runtime/perform.ts';
import {until} from '../helpers/until.ts';

const request: FixRequest = {
  action: 'restart',
  cause: 'crashed',
  reason: 'process_not_alive',
  attempt: 1,
  faults: [],
  gather: false,
  stopFirst: false,
  mayStop: false,
};

test('a fix begins only after the cancelled one before it has ended, which dispatches nothing', async () => {
  const acts: string[] = [];
  const events: Event[] = [];
  const ends: Array<() => void> = [];
  const perform = createPerform({
    probesOf: () => undefined,
    fixOf: () => ({
      restart: async ({attempt}) => {
        acts.push(`begin ${attempt}`);
        await new Promise<void>(resolve => ends.push(resolve));
        acts.push(`end ${attempt}`);
        return {kind: 'done', detail: ''};
      },
    }),
    gathererOf: () => undefined,
    continueProcess: () => ({kind: 'done', detail: ''}),
    worstLagSince: () => 0,
    notify: () => undefined,
    writeStatus: () => undefined,
    remember: () => undefined,
    consumeSignal: () => undefined,
  });
  const loop = {
    dispatch: (event: Event) => void events.push(event),
    getSnapshot: () => initialState([], {}, 0),
    now: () => 0,
    caught: () => {},
    worked: () => {},
  };
  const fix = (attempt: number): Effect => ({
    type: 'fix',
    target: 'web',
    epoch: attempt,
    request: {...request, attempt},
  });
  void perform(fix(1), loop);
  await until('the first begins', () => ends.length === 1);
  void perform({type: 'cancel-fix', target: 'web'}, loop);
  void perform(fix(2), loop);
  void perform({type: 'cancel-fix', target: 'web'}, loop);
  const third = perform(fix(1), loop);
  ends[0]?.();
  await until('the last begins', () => ends.length === 2);
  ends[1]?.();
  await third;
  expect(acts).toEqual(['begin 1', 'end 1', 'begin 1', 'end 1']);
  expect(events.map(({type}) => type)).toEqual(['fix-finished']);
});
