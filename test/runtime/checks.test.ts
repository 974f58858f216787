import {expect, test} from 'vitest';
import {presets} from '../../source/config/presets.ts';
import type {Event} from '../../source/core/model/event.ts';
import type {Readings} from '../../source/core/model/observation.ts';
import type {TargetProbes} from '../../source/runtime/check.ts';
import {createChecks} from '../../source/runtime/checks.ts';
import {inspectProcess} from '../../source/runtime/inspect-process.ts';
import type {Loop} from '../../source/runtime/monitor.ts';
import {healthyTarget, stateOf} from '../helpers/states.ts';

/** A loop whose only target is called like that of `healthyTarget`, and whose probes are given. */
function loopWith(probes: TargetProbes | undefined) {
  const state = stateOf(healthyTarget(), {presets});
  const events: Event[] = [];
  const well: Readings[] = [];
  const {name} = healthyTarget().settings;
  let now = 100;
  const loop: Loop = {
    dispatch: event => void events.push(event),
    getSnapshot: () => state,
    now: () => (now += 10),
    caught: () => {},
    worked: () => {},
  };
  const handlers = {
    probesOf: (target: string) => (target === name ? probes : undefined),
    gathererOf: () => ({
      limitMs: 1,
      gather: () => Promise.reject(new Error('not asked')),
      noteHealthy: (readings: Readings) => void well.push(readings),
    }),
    worstLagSince: (at: number) => at,
  };
  return {loop, events, well, handlers, name};
}

const api = (inspect: () => Promise<{readings: Readings; faults: []}>): TargetProbes => ({
  api: {kind: 'api', inspect},
  checks: [],
});

test('a check dispatches its observation, its start and the lag of our timers', async () => {
  const {loop, events, well, handlers, name} = loopWith(
    api(async () => ({readings: {api: {status: 200}}, faults: []})),
  );
  await createChecks(handlers).run({type: 'check', target: name, epoch: 3}, loop);
  expect(events).toEqual([
    expect.objectContaining({type: 'observed', target: name, epoch: 3, startedAt: 110, lagMs: 110}),
  ]);
  expect(well).toEqual([{api: {status: 200}}]);
});

test('a probe that throws makes the check inconclusive', async () => {
  const {loop, events, well, handlers, name} = loopWith(
    api(() => Promise.reject(new Error('out of files'))),
  );
  await createChecks(handlers).run({type: 'check', target: name, epoch: 3}, loop);
  expect(events).toEqual([
    expect.objectContaining({observation: {kind: 'inconclusive', reason: 'out of files'}}),
  ]);
  expect(well).toEqual([]);
});

test('a cancelled check, and one without a target, dispatch nothing', async () => {
  let answer: () => void = () => {};
  const answered = new Promise<void>(resolve => (answer = resolve));
  const {loop, events, handlers, name} = loopWith(
    api(async () => {
      await answered;
      return {readings: {}, faults: []};
    }),
  );
  const checks = createChecks(handlers);
  const running = checks.run({type: 'check', target: name, epoch: 3}, loop);
  checks.cancel(name);
  checks.cancel('nobody');
  answer();
  await running;
  await checks.run({type: 'check', target: 'nobody', epoch: 3}, loop);
  expect(events).toEqual([]);
});

test('an inspection dispatches what it found and what it could not check; without a target, nothing', async () => {
  const {loop, events, handlers, name} = loopWith({
    owner: {
      owner: () => Promise.reject(new Error('out of files')),
      learn: async () => undefined,
      noteStranger: async () => {},
      doubt: () => undefined,
      leftovers: async () => [],
      endedFront: () => undefined,
    },
    checks: [],
  });
  await inspectProcess({type: 'inspect', target: name, epoch: 3}, loop, handlers);
  expect(events.map(({type}) => type)).toEqual(['problem', 'looked']);
  expect(events[1]).toMatchObject({target: name, epoch: 3, asked: true});
  events.length = 0;
  await inspectProcess({type: 'inspect', target: 'nobody', epoch: 3}, loop, handlers);
  expect(events).toEqual([]);
});
