import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {presetNames} from '../../source/config/presets.ts';
import type {Event} from '../../source/core/model/event.ts';
import {initialState} from '../../source/core/initial.ts';
import {presets} from '../../source/config/presets.ts';
import type {State} from '../../source/core/model/state.ts';
import {update} from '../../source/core/update.ts';
import {createWorld, type Service, type World} from '../helpers/virtual/world.ts';

/** Something that happens to the service or that people do, and how long until the next. */
const happening = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .record({
        what: fc.constantFrom<Service['process']>(
          'alive',
          'gone',
          'gone-with-pid-file',
          'stopped',
          'zombie',
        ),
      })
      .map(({what}) => ({do: 'process', what}) as const),
  },
  {
    weight: 4,
    arbitrary: fc
      .constantFrom<Service['api']>('ok', 'slow', 'hung', 'deadlocked', 'error', 'down')
      .map(what => ({do: 'api', what}) as const),
  },
  {
    weight: 4,
    arbitrary: fc
      .constantFrom<Service['restartsInto']>('healthy', 'dying', 'broken', 'fails')
      .map(what => ({do: 'restarts-into', what}) as const),
  },
  {weight: 1, arbitrary: fc.boolean().map(what => ({do: 'stranger', what}) as const)},
  {weight: 2, arbitrary: fc.constant({do: 'external-restart'} as const)},
  {weight: 1, arbitrary: fc.boolean().map(on => ({do: 'pause', on}) as const)},
  {weight: 1, arbitrary: fc.boolean().map(on => ({do: 'observe', on}) as const)},
  {
    weight: 1,
    arbitrary: fc.constantFrom(...presetNames).map(name => ({do: 'preset', name}) as const),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('user' as const, 'signal-file' as const)
      .map(by => ({do: 'restart', by}) as const),
  },
);
const timeline = fc.array(
  fc.tuple(
    happening,
    fc.oneof(fc.integer({min: 1, max: 2_000}), fc.integer({min: 2_000, max: 120_000})),
  ),
  {minLength: 1, maxLength: 25},
);
const setting = fc.record({
  fix: fc.constantFrom('command' as const, 'child' as const),
  preset: fc.constantFrom(...presetNames),
  startMs: fc.integer({min: 0, max: 40_000}),
});

type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

function live(
  world: World,
  events: ReadonlyArray<readonly [Happening, number]>,
  manual = true,
): void {
  world.advance(10_000);
  for (const [event, ms] of events) {
    happen(world, event, manual);
    world.advance(ms);
  }
}

function happen(world: World, event: Happening, manual: boolean): void {
  const {service} = world;
  const at = world.now();
  switch (event.do) {
    case 'process':
      service.process = event.what;
      return;
    case 'api':
      service.api = event.what;
      return;
    case 'restarts-into':
      service.restartsInto = event.what;
      return;
    case 'stranger':
      service.stranger = event.what;
      return;
    case 'external-restart':
      service.pid += 1_000;
      service.process = 'alive';
      service.api = 'ok';
      return;
    case 'pause':
      return world.dispatch({type: event.on ? 'paused' : 'resumed', at, target: 'web'});
    case 'observe':
      return world.dispatch({type: 'observing', at, target: 'web', on: event.on});
    case 'preset':
      return world.dispatch({type: 'preset', at, target: 'web', name: event.name});
    case 'restart':
      if (manual) world.dispatch({type: 'restart-requested', at, target: 'web', by: event.by});
  }
}

function always(check: (world: World) => void, manual = true): void {
  fc.assert(
    fc.property(setting, timeline, (options, events) => {
      const world = createWorld(options);
      live(world, events, manual);
      check(world);
    }),
    {numRuns: 150},
  );
}

describe('in a random life of a service', () => {
  test('no fix begins during another one', () => {
    always(world => {
      // The end of an attempt in vain and a SIGCONT before or after it are one event.
      for (const {before, effect} of world.fixes()) {
        const ended = 'attempt' in before.repair && before.repair.attempt.action;
        if (effect.type === 'fix' && effect.request.action === 'restart')
          expect(ended).not.toBe('restart');
      }
    });
  });

  test('agent2 does nothing while paused, and fixes nothing unasked while observing', () => {
    always(world => {
      for (const {before, effect} of world.effects) {
        if (before.paused && (effect.type === 'check' || effect.type === 'inspect'))
          throw new Error(`${effect.type} while paused`);
        if (effect.type !== 'fix') continue;
        expect(before.paused && !before.restartPending).toBe(false);
        if (effect.request.cause !== 'manual') expect(before.observing).toBe(false);
      }
    });
  });

  test('a held target gets no attempt before its pause is over, unless somebody asks', () => {
    always(world => {
      for (const {at, before, effect} of world.fixes()) {
        if (
          effect.type !== 'fix' ||
          effect.request.cause === 'manual' ||
          before.repair.step !== 'held'
        )
          continue;
        if (before.repair.reason === 'budget' && effect.request.action === 'restart')
          expect(at).toBeGreaterThanOrEqual(before.repair.nextAttemptAt);
        else expect(effect.request.cause).not.toBe('port_taken');
      }
    });
  });

  test('no more unrequested fixes begin within the window than a budget of the target allows', () => {
    const budget = fc.record({
      count: fc.integer({min: 1, max: 4}),
      windowMs: fc.integer({min: 30_000, max: 900_000}),
    });
    fc.assert(
      fc.property(setting, budget, timeline, (options, budget, events) => {
        const world = createWorld({...options, overrides: {budget}});
        live(
          world,
          events.filter(([event]) => event.do !== 'preset'),
          false,
        );
        const {count, windowMs} = world.target().policy.budget;
        const times = world
          .fixes()
          .filter(({effect}) => effect.type === 'fix' && effect.request.action === 'restart')
          .map(({at}) => at);
        for (const time of times)
          expect(
            times.filter(other => other > time - windowMs && other <= time).length,
          ).toBeLessThanOrEqual(count);
      }),
      {numRuns: 150},
    );
  });

  test('no counter survives a fix, and each fix raises the epoch', () => {
    fc.assert(
      fc.property(setting, timeline, (options, events) => {
        const world = createWorld(options);
        let seen = 0;
        const probe = () => {
          for (const {before, effect} of world.fixes().slice(seen)) {
            seen++;
            if (effect.type === 'fix') expect(effect.epoch).toBeGreaterThan(before.epoch);
          }
          const {repair, health} = world.target();
          if (repair.step === 'fixing') expect([health.failures, health.successes]).toEqual([0, 0]);
        };
        for (const event of events) {
          live(world, [event]);
          probe();
        }
      }),
      {numRuns: 100},
    );
  });

  test('each recovery from down is logged exactly once', () => {
    always(world => {
      const story = world.notices.flatMap(({kind}) =>
        kind === 'down' || kind === 'recovered' ? [kind] : [],
      );
      for (let index = 1; index < story.length; index++) {
        if (story[index] === 'recovered') expect(story[index - 1]).toBe('down');
      }
      if (
        world.target().health.level === 'ok' &&
        world.target().incident === undefined &&
        story.length > 0
      )
        expect(story.at(-1)).toBe('recovered');
    });
  });

  test('the same events give the same states and effects', () => {
    always(world => {
      const {events} = world;
      const start = initialState(
        [{settings: world.target().settings, preset: 'test', observing: false}],
        presets,
        events[0]?.at ?? 0,
      );
      expect(replay(start, events)).toEqual(replay(start, events));
    });
  });
});

test('an observation or inspection of an old epoch changes nothing', () => {
  fc.assert(
    fc.property(setting, timeline, fc.integer({min: 1, max: 5}), (options, events, older) => {
      const world = createWorld(options);
      live(world, events);
      const {epoch} = world.target();
      const at = world.now();
      const observation = {
        kind: 'failed',
        readings: {},
        faults: [{probe: 'api', kind: 'connect_refused', text: 'refused'}],
      } as const;
      const old: readonly Event[] = [
        {
          type: 'observed',
          at,
          target: 'web',
          epoch: epoch - older,
          startedAt: at - 10,
          lagMs: 0,
          observation,
        },
        {
          type: 'looked',
          at,
          target: 'web',
          epoch: epoch - older,
          asked: true,
          result: {readings: {}, faults: [{probe: 'process', kind: 'process_gone', text: 'gone'}]},
        },
      ];
      for (const event of old) {
        const [next, effects] = update(world.state(), event);
        expect(next).toBe(world.state());
        expect(effects).toEqual([]);
      }
    }),
    {numRuns: 100},
  );
});

function replay(start: State, events: readonly Event[]): unknown {
  return events.reduce<[State, unknown[]]>(
    ([state, effects], event) => {
      const [next, more] = update(state, event);
      return [next, [...effects, ...more]];
    },
    [start, []],
  );
}
