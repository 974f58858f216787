import {expect, test} from 'vitest';
import {presets} from '../../source/config/presets.ts';
import {initialState} from '../../source/core/initial.ts';
import type {Event} from '../../source/core/model/event.ts';
import type {Fault} from '../../source/core/model/fault.ts';
import type {Observation} from '../../source/core/model/observation.ts';
import type {State, TargetNode} from '../../source/core/model/state.ts';
import {nextWake} from '../../source/core/next-due.ts';
import {changesBetween, findTarget} from '../../source/core/targets.ts';
import {update} from '../../source/core/update.ts';
import {newTarget} from '../helpers/states.ts';

const SIZES = [10, 100, 3_000];
const ok: Observation = {kind: 'ok', readings: {api: {status: 200}}, latencyMs: 2};
const refused: Fault = {probe: 'api', kind: 'connect_refused', text: 'refused'};
const failed: Observation = {kind: 'failed', readings: {}, faults: [refused]};

const made = new Map<number, State>();

/** All are well, after their first round; of each four the second depends on the first. */
function healthy(count: number): State {
  const known = made.get(count);
  if (known) return known;
  const {settings} = newTarget();
  const starts = Array.from({length: count}, (_, number) => ({
    settings: {
      ...settings,
      name: `t${number}`,
      dependsOn: number % 4 === 1 ? [`t${number - 1}`] : [],
    },
    preset: 'test',
    observing: false,
  }));
  let [state] = update(initialState(starts, presets, 0, {count: 5, windowMs: 300_000}), {
    type: 'started',
    at: 0,
  });
  while (nextWake(state) < 5_000) state = round(state, nextWake(state), ok);
  made.set(count, state);
  return state;
}

/** Who is due is checked, and answers at once. */
function round(state: State, at: number, observation: Observation): State {
  const [next, effects] = update(state, {type: 'tick', at});
  return effects.reduce(
    (state, effect) =>
      effect.type === 'check'
        ? update(state, observed(effect.target, effect.epoch, at, observation))[0]
        : state,
    next,
  );
}

function observed(target: string, epoch: number, at: number, observation: Observation): Event {
  return {type: 'observed', at, target, epoch, startedAt: at, lagMs: 0, observation};
}

/** The same state, and how many nodes of its tree were looked at. */
function spied(state: State): {readonly state: State; readonly read: () => number} {
  const read = new Set<TargetNode>();
  const spy = (node: TargetNode): TargetNode => {
    const parts = 'nodes' in node ? {...node, nodes: node.nodes.map(spy)} : node;
    return new Proxy(parts, {
      get(of, key) {
        read.add(of);
        return Reflect.get(of, key) as unknown;
      },
    });
  };
  const {targets} = state;
  const tree = {...targets.tree, root: spy(targets.tree.root)};
  return {state: {...state, targets: {...targets, tree}}, read: () => read.size};
}

const happenings: Readonly<
  Record<string, (target: string) => ReadonlyArray<(at: number) => Event>>
> = {
  'a check that is due, and its good answer': target => [
    at => ({type: 'tick', at}),
    at => observed(target, 0, at, ok),
  ],
  'a check that fails': target => [
    at => ({type: 'tick', at}),
    at => observed(target, 0, at, failed),
  ],
  'a fix that somebody asks for': target => [
    at => ({type: 'restart-requested', at, target, by: 'user'}),
    at => ({
      type: 'fix-finished',
      at,
      target,
      attempt: 1,
      outcome: {kind: 'failed', detail: 'exit code 1'},
    }),
  ],
  'a pause': target => [
    at => ({type: 'paused', at, target}),
    at => ({type: 'resumed', at, target}),
  ],
};

test.each(Object.keys(happenings))(
  'the work for %s does not grow with the number of targets',
  name => {
    const counted = SIZES.map(count => {
      let state = healthy(count);
      const at = nextWake(state);
      // The first of them is due, and the second depends on it.
      return (happenings[name]?.('t0') ?? []).map(event => {
        const {state: before, read} = spied(state);
        const [after] = update(before, event(at));
        state = update(state, event(at))[0];
        return {changed: changesBetween(before, after).length, read: read()};
      });
    });
    const [few = [], ...more] = counted;
    for (const [step, {changed, read}] of few.entries()) {
      expect(changed).toBeGreaterThan(0);
      for (const many of more) {
        expect(many[step]?.changed).toBe(changed);
        // Each level of the tree has eight times as many targets below it.
        expect(many[step]?.read).toBeLessThan(3 * read + 16);
      }
    }
  },
);

test('waiting targets are found by the tree alone', () => {
  const state = healthy(3_000);
  const {state: before, read} = spied(state);
  expect(nextWake(before)).toBe(5_000);
  expect(findTarget(before, 't2999')?.health.level).toBe('ok');
  expect(read()).toBeLessThan(10);
});
