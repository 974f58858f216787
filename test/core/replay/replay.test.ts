import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {presets, presetNames} from '../../../source/config/presets.ts';
import {createPast, type Past} from '../../../source/core/replay/past.ts';
import {simulate, type Change} from '../../../source/core/replay/simulate.ts';
import {availability, type Figures} from '../../../source/core/replay/tally.ts';
import {median} from '../../../source/core/fix/median.ts';
import {readRecordingLine, recordingWriter} from '../../../source/documents/recording.ts';
import {createWorld, type Service, type World} from '../../helpers/virtual/world.ts';
import {mapTargets, targetsOf} from '../../../source/core/targets.ts';

/** The recording of what happened in a world, read back from its text. */
function recorded(world: World, since?: number): Past {
  const writer = recordingWriter('test', []);
  const past = createPast(since);
  for (const text of [
    writer.header(world.initial, world.initial.startedAt),
    ...world.events.map(writer.event),
  ]) {
    const line = readRecordingLine(text);
    if (line.kind === 'header') past.begin(line.header.state, line.header.at);
    else if (line.kind === 'event') past.apply(line.event);
    else throw new Error(`damaged: ${text}`);
  }
  return past;
}

function happened(world: World): Figures {
  const figures = recorded(world).history()?.targets[0]?.happened;
  if (!figures) throw new Error('nothing was recorded');
  return figures;
}

function wouldHave(world: World, change: Partial<Change> = {}): Figures {
  const history = recorded(world).history();
  const figures = history && simulate(history, {overrides: {}, ...change}, presets).get('web');
  if (!figures) throw new Error('nothing was recorded');
  return figures;
}

/** Well for a minute, `ms` in a fault, and well again for as long as it takes; with a fix, that ends it sooner. */
function troubled(
  api: Service['api'],
  ms: number,
  options: Parameters<typeof createWorld>[0] = {},
): World {
  const world = createWorld(options);
  world.advance(61_000);
  world.service.api = api;
  world.advance(ms);
  if (world.service.api === api) world.service.api = 'ok';
  world.advance(120_000);
  return world;
}

describe('a recording', () => {
  test('gives the same states as the run, in random lives', () => {
    const happening = fc.oneof(
      fc
        .constantFrom<Service['process']>(
          'alive',
          'gone',
          'gone-with-pid-file',
          'stopped',
          'zombie',
        )
        .map(process => (world: World) => void (world.service.process = process)),
      fc
        .constantFrom<Service['api']>('ok', 'slow', 'hung', 'deadlocked', 'error', 'down')
        .map(api => (world: World) => void (world.service.api = api)),
      fc
        .constantFrom<Service['restartsInto']>('healthy', 'dying', 'broken', 'fails')
        .map(into => (world: World) => void (world.service.restartsInto = into)),
      fc
        .boolean()
        .map(
          on => (world: World) =>
            world.dispatch({type: on ? 'paused' : 'resumed', at: world.now(), target: 'web'}),
        ),
      fc.integer({min: 1, max: 120_000}).map(
        ms => (world: World) =>
          world.dispatch({
            type: 'paused',
            at: world.now(),
            target: 'web',
            untilAt: world.now() + ms,
          }),
      ),
      fc
        .constantFrom(...presetNames)
        .map(
          name => (world: World) =>
            world.dispatch({type: 'preset', at: world.now(), target: 'web', name}),
        ),
      fc.integer({min: -3_600_000, max: 3_600_000}).map(ms => (world: World) => world.jump(ms)),
    );
    fc.assert(
      fc.property(
        fc.constantFrom('command' as const, 'child' as const, 'signal' as const),
        fc.constantFrom(...presetNames),
        fc.array(fc.tuple(happening, fc.integer({min: 1, max: 60_000})), {maxLength: 15}),
        (fix, preset, steps) => {
          const world = createWorld({fix});
          world.advance(10_000);
          for (const [happen, ms] of steps) {
            happen(world);
            world.advance(ms);
          }
          const past = recorded(world);
          const state = past.state();
          const target = state && targetsOf(state)[0];
          expect(target?.fixes).toEqual(world.target().fixes);
          expect(target?.repair).toEqual(world.target().repair);
          expect(target?.health).toEqual(world.target().health);
          expect(target?.events.map(({text}) => text)).toEqual(
            world.target().events.map(({text}) => text),
          );
          expect(past.history()?.targets[0]?.happened.fixes).toBe(world.fixes().length);
          // Whatever was recorded can be tried under other settings, and comes to an end.
          expect(wouldHave(world, {preset}).observedMs).toBeGreaterThan(0);
        },
      ),
      {numRuns: 30},
    );
  });

  test('leaves out large and private parts', () => {
    const world = createWorld();
    const writer = recordingWriter('test', ['hunter2']);
    const reading = {
      kind: 'ok',
      readings: {
        api: {status: 200, excerpt: 'x'.repeat(2_048)},
        process: {
          state: 'alive',
          identity: {pid: 2, startKey: 'k'},
          via: 'port',
          command: 'node --password hunter2',
        },
      },
      latencyMs: 3,
    } as const;
    const line = writer.event({
      type: 'observed',
      at: 1,
      target: 'web',
      epoch: 0,
      startedAt: 0,
      lagMs: 0,
      observation: reading,
    });
    expect(line.length).toBeLessThan(350);
    expect(line).not.toMatch(/xxx|hunter2/);
    expect(
      writer.event({type: 'problem', at: 1, about: 'log', text: 'with hunter2 in it'}),
    ).toContain('with *** in it');
    expect(
      writer.event({
        type: 'evidence',
        at: 1,
        target: 'web',
        attempt: 1,
        evidence: {
          at: 1,
          facts: [{label: 'a', text: 'b'}],
          texts: [{label: 'log', text: 'c'}],
          found: ['disk_full'],
        },
      }),
    ).toContain('"facts":[],"texts":[],"found":["disk_full"]');
    expect(
      writer.header(
        mapTargets(world.initial, target => ({
          ...target,
          settings: {...target.settings, fingerprint: 'everything'},
        })),
        1,
      ),
    ).not.toContain('everything');
  });

  test('refuses a line that is no part of it', () => {
    for (const text of [
      '',
      '{',
      '[]',
      '7',
      'null',
      '{"type":"tick"}',
      '{"type":"bogus","at":1}',
      '{"type":"observed","at":1,"target":"web"}',
      '{"type":"recording","version":1,"at":1,"state":{}}',
    ]) {
      expect(readRecordingLine(text)).toMatchObject({kind: 'damaged'});
    }
  });
});

describe('a recording replayed with its own settings gives about the same results', () => {
  test.each<[string, () => World]>([
    ['a crash', () => crashed()],
    ['errors that a restart ends', () => troubled('error', 60_000)],
    ['a hang', () => troubled('hung', 60_000, {preset: 'dev'})],
    ['a blip', () => troubled('error', 5_000)],
    ['slow answers', () => troubled('slow', 60_000)],
    ['restarts that do not help', () => hopeless()],
    ['nobody who takes the signal', () => untaken()],
  ])('%s', (_, make) => {
    const world = make();
    const [then, now] = [happened(world), wouldHave(world)];
    expect({fixes: now.fixes, downs: now.downs, held: now.held}).toEqual({
      fixes: then.fixes,
      downs: then.downs,
      held: then.held,
    });
    expect(Math.abs(now.downtimeMs - then.downtimeMs)).toBeLessThan(
      Math.max(2_000, then.downtimeMs * 0.1),
    );
    expect(Math.abs(now.observedMs - then.observedMs)).toBeLessThan(1_000);
    expect(Math.abs((median(now.delaysMs) ?? 0) - (median(then.delaysMs) ?? 0))).toBeLessThan(
      1_000,
    );
  });
});

function crashed(): World {
  const world = createWorld();
  world.advance(61_000);
  world.service.process = 'gone-with-pid-file';
  world.advance(60_000);
  return world;
}

function hopeless(): World {
  const world = createWorld();
  world.advance(61_000);
  world.service.api = 'error';
  world.service.restartsInto = 'broken';
  world.advance(400_000);
  world.service.api = 'ok';
  world.advance(60_000);
  return world;
}

function untaken(): World {
  const world = createWorld({fix: 'signal'});
  world.service.consumer = 'absent';
  world.advance(61_000);
  world.service.api = 'error';
  world.advance(45_000);
  world.service.api = 'ok';
  world.advance(60_000);
  return world;
}

describe('other settings', () => {
  test('with a higher threshold fix later, and the service is down for longer', () => {
    const world = troubled('error', 600_000);
    const patient = wouldHave(world, {overrides: {failureThreshold: 5}});
    expect(happened(world)).toMatchObject({fixes: 1, downs: 1});
    expect(patient).toMatchObject({fixes: 1, downs: 1});
    // Five failures a second apart instead of two.
    expect((patient.delaysMs[0] ?? 0) - (happened(world).delaysMs[0] ?? 0)).toBeCloseTo(3_000, -2);
    expect(patient.downtimeMs - happened(world).downtimeMs).toBeCloseTo(3_000, -3);
    expect(availability(patient)).toBeLessThan(availability(happened(world)) ?? 0);
  });

  test('with threshold 1 restart for a blip, and the restart costs downtime', () => {
    const world = troubled('error', 4_500);
    expect(happened(world)).toMatchObject({fixes: 0, downs: 0});
    expect(wouldHave(world, {overrides: {failureThreshold: 1}})).toMatchObject({
      fixes: 1,
      downs: 1,
    });
    expect(wouldHave(world, {overrides: {failureThreshold: 5}})).toMatchObject({
      fixes: 0,
      downs: 0,
    });
  });

  test('that wait longer than the problem lasted make no fix', () => {
    // Never fixed in the recording: it was only observed.
    const world = troubled('error', 20_000, {observing: true});
    expect(happened(world)).toMatchObject({fixes: 0, downs: 1});
    expect(wouldHave(world, {overrides: {failureThreshold: 100}})).toMatchObject({
      fixes: 0,
      downs: 0,
    });
  });

  test('do not make useless restarts help', () => {
    const world = hopeless();
    const patient = wouldHave(world, {preset: 'prod'});
    expect(patient.fixes).toBeGreaterThan(1);
    expect(patient.downtimeMs).toBeCloseTo(happened(world).downtimeMs, -4);
  });

  test('with a shorter timeout turn slow answers into failures', () => {
    const world = troubled('slow', 60_000);
    expect(happened(world)).toMatchObject({fixes: 0, downs: 0});
    expect(wouldHave(world, {overrides: {timeoutMs: 1_000}}).downs).toBe(1);
  });

  test('see a crash as early as before, since hard evidence has no threshold', () => {
    const world = crashed();
    const patient = wouldHave(world, {overrides: {failureThreshold: 50, intervalMs: 60_000}});
    expect(patient).toMatchObject({fixes: 1, downs: 1});
    expect(patient.delaysMs[0]).toBeLessThan(500);
  });
});

test('time without checks is not counted, and has no fixes', () => {
  const world = troubled('ok', 1_000);
  world.dispatch({type: 'stopped', at: world.now()});
  const past = recorded(world);
  const state = past.state();
  if (!state) throw new Error('nothing was recorded');
  const later = world.now() + 3_600_000;
  past.begin(
    mapTargets(world.initial, target => ({
      ...target,
      check: {state: 'idle', dueAt: later, tries: 0},
    })),
    later,
  );
  for (const event of world.events)
    past.apply({
      ...event,
      at: event.at - 1_000_000 + later,
      ...(event.type === 'observed' ? {startedAt: event.startedAt - 1_000_000 + later} : {}),
    });
  const history = past.history();
  const [target] = history?.targets ?? [];
  expect((history?.to ?? 0) - (history?.from ?? 0)).toBeGreaterThan(3_700_000);
  expect(target?.happened.observedMs).toBeLessThan(400_000);
  const figures = history && simulate(history, {preset: 'dev', overrides: {}}, presets).get('web');
  expect(figures).toMatchObject({fixes: 0, downs: 0, downtimeMs: 0});
  expect(figures?.observedMs).toBeCloseTo(target?.happened.observedMs ?? 0, -3);
});

test('only events after the start of the count are counted', () => {
  const world = troubled('error', 60_000);
  world.advance(600_000);
  const history = recorded(world, world.now() - 60_000).history();
  expect(history && history.to - history.from).toBeLessThan(66_000);
  expect(history?.targets[0]?.happened).toMatchObject({fixes: 0, downs: 0, downtimeMs: 0});
});
