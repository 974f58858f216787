import fc from 'fast-check';
import {presetNames} from '../../../source/config/presets.ts';
import type {Failure, Fault} from '../../../source/core/model/fault.ts';
import type {Service} from './virtual-service.ts';
import {createWorld, type TargetOptions, type World, type WorldOptions} from './world.ts';

/** Random lives of services and of agent2, as commands for fast-check; and the simple model of what people asked for. */

/** What people know without looking into agent2: whom they paused, whom they only observe, and what the config says. */
export interface Model {
  readonly setup: WorldOptions & {readonly targets: readonly NamedTarget[]};
  targets: readonly NamedTarget[];
  /** Until when, in time that no jump of the clock moves; Infinity without an end. */
  readonly paused: Map<string, number>;
  readonly observing: Set<string>;
}

type NamedTarget = TargetOptions & {readonly name: string};

export type Command = fc.Command<Model, World>;

const NAMES = ['a', 'b', 'c', 'd'] as const;
/** Who depends on whom, by place. */
export const shapes = {
  'one service': [[]],
  'two services of their own': [[], []],
  'a service and what depends on it': [[], ['a']],
  'a chain of three': [['b'], ['c'], []],
  'a diamond': [[], ['a'], ['a'], ['b', 'c']],
} as const satisfies Record<string, ReadonlyArray<readonly string[]>>;

const target = fc.record({
  fix: fc.constantFrom(
    'command' as const,
    'command' as const,
    'child' as const,
    'signal' as const,
    'systemd' as const,
    'none' as const,
  ),
  preset: fc.constantFrom(...presetNames),
  startMs: fc.oneof(fc.integer({min: 0, max: 1_000}), fc.integer({min: 0, max: 40_000})),
  fixMs: fc.oneof(fc.integer({min: 1, max: 500}), fc.integer({min: 1, max: 20_000})),
  notFor: fc.constantFrom([], [], ['database']),
  // Checks are what a long life costs.
  overrides: fc.oneof(
    {weight: 1, arbitrary: fc.constant({})},
    {
      weight: 5,
      arbitrary: fc.constantFrom(
        {intervalMs: 60_000},
        {intervalMs: 90_000, recoveryThreshold: 2},
        {intervalMs: 45_000, failureThreshold: 1},
        {intervalMs: 60_000, budget: {count: 2, windowMs: 300_000}},
        {intervalMs: 60_000, failureThreshold: 1, budget: {count: 4, windowMs: 900_000}},
      ),
    },
  ),
});

export function setups(shape: ReadonlyArray<readonly string[]>): fc.Arbitrary<Model['setup']> {
  const budget = fc.record({
    count: fc.integer({min: 1, max: 4}),
    windowMs: fc.integer({min: 30_000, max: 900_000}),
  });
  return fc
    .tuple(
      fc.array(target, {minLength: 4, maxLength: 4}),
      fc.option(budget, {nil: undefined, freq: 2}),
    )
    .map(([options, healBudget]) => ({
      // A signal that is taken after the start grace is no fix that works.
      targets: shape.map((dependsOn, index) => ({
        ...options[index],
        fixMs: Math.min(
          options[index]?.fixMs ?? 0,
          options[index]?.fix === 'signal' ? 5_000 : Infinity,
        ),
        name: NAMES[index] ?? 'a',
        dependsOn,
      })),
      healBudget,
    }));
}

/** Things that happen, each followed by a while in which nothing else does. */
export function timelines(): fc.Arbitrary<Iterable<Command>> {
  return fc.commands(
    happenings.flatMap(([weight, happening]) => Array.from({length: weight}, () => happening)),
    {maxCommands: 25, size: 'max'},
  );
}

/** Begins a world and a model for `setup`, and hands both to `begin` before anything happens. */
export function live(
  setup: Model['setup'],
  commands: Iterable<Command>,
  begin: (world: World, model: Model) => void,
): World {
  const world = createWorld(setup);
  const model: Model = {setup, targets: setup.targets, paused: new Map(), observing: new Set()};
  begin(world, model);
  world.advance(10_000);
  fc.modelRun(() => ({model, real: world}), commands);
  return world;
}

const pause = fc.oneof(
  {weight: 6, arbitrary: fc.integer({min: 1, max: 2_000})},
  {weight: 5, arbitrary: fc.integer({min: 2_000, max: 60_000})},
  {weight: 1, arbitrary: fc.integer({min: 60_000, max: 2_000_000})},
);
const warning: Fault = {
  probe: 'tls',
  kind: 'tls_expiring',
  daysLeft: 20,
  limitDays: 21,
  text: 'the certificate ends in 20 days',
};
const WARNINGS: ReadonlyArray<readonly Fault[]> = [
  [],
  [warning],
  [{...warning, daysLeft: 13, limitDays: 14}],
  [{probe: 'disk', kind: 'disk_low', text: 'disk is low'}, warning],
];

const api = {probe: 'api', kind: 'status_unexpected'} as const;
/** Answers about the question, or about something else than the service. */
const ANSWERS: readonly Failure[] = [
  {...api, status: 404, text: 'status 404'},
  {...api, status: 503, from: {page: 'nginx'}, text: 'status 503'},
  {...api, status: 503, retryAfterMs: 120_000, text: 'status 503'},
  {probe: 'api', kind: 'dns_failed', text: 'no such host'},
];

const happenings: ReadonlyArray<readonly [weight: number, happening: fc.Arbitrary<Command>]> = [
  [
    6,
    serviceBecomes(
      'process',
      fc.constantFrom<Service['process']>(
        'alive',
        'gone',
        'gone-with-pid-file',
        'gone-with-pid-file',
        'stopped',
        'zombie',
      ),
    ),
  ],
  [
    5,
    serviceBecomes(
      'api',
      fc.constantFrom<Service['api']>('ok', 'ok', 'slow', 'hung', 'deadlocked', 'error', 'down'),
    ),
  ],
  [2, serviceBecomes('answer', fc.constantFrom(undefined, undefined, ...ANSWERS))],
  [1, serviceBecomes('components', fc.constantFrom(undefined, ['database'], ['database', 'web']))],
  [
    4,
    serviceBecomes(
      'restartsInto',
      fc.constantFrom<Service['restartsInto']>('healthy', 'healthy', 'dying', 'broken', 'fails'),
    ),
  ],
  [1, serviceBecomes('stranger', fc.boolean())],
  [1, serviceBecomes('deafToContinue', fc.boolean())],
  [1, serviceBecomes('consumer', fc.constantFrom<Service['consumer']>('takes', 'absent'))],
  [1, serviceBecomes('startMs', fc.integer({min: 0, max: 150_000}))],
  [1, serviceBecomes('warnings', fc.constantFrom(...WARNINGS))],
  [1, serviceBecomes('blind', fc.boolean())],
  [1, serviceBecomes('lagMs', fc.constantFrom(0, 0, 4_000, 20_000))],
  [1, serviceBecomes('answersLate', fc.boolean())],
  [
    2,
    command(
      'is restarted by somebody else',
      fc.integer({min: 0, max: 20_000}),
      (world, _, name, startMs) => {
        Object.assign(world.serviceOf(name), {
          pid: world.serviceOf(name).pid + 1_000,
          process: 'alive',
          api: 'ok',
          readyAt: world.now() + startMs,
        });
      },
    ),
  ],
  [3, command('is left alone', fc.constant(''), () => undefined)],
  [
    1,
    command('is paused', fc.constantFrom(true, false), (world, model, name, on) => {
      world.dispatch({type: on ? 'paused' : 'resumed', at: world.now(), target: name});
      if (on) model.paused.set(name, Infinity);
      else model.paused.delete(name);
    }),
  ],
  [
    1,
    command('is paused for', fc.integer({min: 1, max: 300_000}), (world, model, name, ms) => {
      world.dispatch({type: 'paused', at: world.now(), target: name, untilAt: world.now() + ms});
      model.paused.set(name, world.elapsed() + ms);
    }),
  ],
  [
    1,
    command('is observed only', fc.boolean(), (world, model, name, on) => {
      world.dispatch({type: 'observing', at: world.now(), target: name, on});
      mark(model.observing, name, on);
    }),
  ],
  [
    1,
    command('gets preset', fc.constantFrom(...presetNames), (world, _, name, preset) =>
      world.dispatch({type: 'preset', at: world.now(), target: name, name: preset}),
    ),
  ],
  [
    2,
    command(
      'has a restart asked for by',
      fc.constantFrom('user' as const, 'signal-file' as const),
      (world, _, name, by) =>
        world.dispatch({type: 'restart-requested', at: world.now(), target: name, by}),
    ),
  ],
  [
    1,
    command(
      'sees the clock jump by',
      fc.oneof(
        fc.integer({min: -5_000, max: 5_000}),
        fc.integer({min: -7_200_000, max: 7_200_000}),
      ),
      (world, _, __, ms) => world.jump(ms),
    ),
  ],
  [
    2,
    command(
      'loses agent2',
      fc.record({
        offMs: fc.oneof(fc.constant(0), fc.integer({min: 0, max: 900_000})),
        fixGoesOn: fc.boolean(),
      }),
      (world, _, __, how) => world.restartAgent(how),
    ),
  ],
  [
    1,
    command(
      'sees agent2 handed over after',
      fc.oneof(fc.constant(0), fc.integer({min: 0, max: 60_000})),
      (world, _, __, offMs) => void world.handOver({offMs}),
    ),
  ],
  [
    1,
    command(
      'has its config',
      fc.constantFrom(
        'changed' as const,
        'removed' as const,
        'as at first' as const,
        'left alone' as const,
      ),
      (world, model, name, what) => reload(world, model, name, what),
    ),
  ],
];

function serviceBecomes<K extends keyof Service>(
  key: K,
  values: fc.Arbitrary<Service[K]>,
): fc.Arbitrary<Command> {
  return command(
    `has ${key}`,
    values,
    (world, _, name, value) => void Object.assign(world.serviceOf(name), {[key]: value}),
  );
}

function command<T>(
  label: string,
  values: fc.Arbitrary<T>,
  happen: (world: World, model: Model, name: string, value: T) => void,
): fc.Arbitrary<Command> {
  return fc.tuple(fc.nat({max: NAMES.length - 1}), values, pause).map(([place, value, ms]) => ({
    check: () => true,
    run(model: Model, world: World) {
      const {targets} = model.setup;
      const name = targets[place % targets.length]?.name ?? 'a';
      happen(world, model, name, value);
      world.advance(ms);
    },
    toString: () => `${NAMES[place]} ${label} ${JSON.stringify(value)}, then ${ms} ms`,
  }));
}

function mark(set: Set<string>, name: string, on: boolean): void {
  if (on) set.add(name);
  else set.delete(name);
}

function reload(
  world: World,
  model: Model,
  name: string,
  what: 'changed' | 'removed' | 'as at first' | 'left alone',
): void {
  const touched = (target: NamedTarget) =>
    target.name === name ? {...target, fingerprint: `${target.fingerprint ?? ''}x`} : target;
  const next =
    what === 'changed'
      ? model.targets.map(touched)
      : what === 'as at first'
        ? model.setup.targets
        : what === 'removed'
          ? model.targets.filter(target => target.name !== name)
          : model.targets;
  if (next.length === 0) return;
  for (const {name} of model.targets) {
    const now = next.find(target => target.name === name);
    if (!now) model.paused.delete(name);
    if (!now) model.observing.delete(name);
  }
  model.targets = next;
  world.reload(next);
}
