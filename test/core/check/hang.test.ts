import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {presetNames, presets} from '../../../source/config/presets.ts';
import {hangOf, type HangLook, type ThreadLook} from '../../../source/core/check/hang.ts';
import {hangDownAfterMs} from '../../../source/core/check/hang-time.ts';
import type {HangKind} from '../../../source/core/model/fault.ts';
import {render} from '../../../source/core/text/say.ts';
import {createWorld} from '../../helpers/virtual/world.ts';

const locked: ThreadLook = {main: true, state: 'S', channel: 'futex_wait_queue', ran: false};
const worker: ThreadLook = {main: false, state: 'S', channel: 'do_epoll_wait', ran: true};

/** A deadlock, beyond doubt. */
const deadlock: HangLook = {
  overMs: 1_000,
  request: 'unaccepted',
  queues: [2],
  serves: false,
  repeated: true,
  cpuMs: 0,
  threads: [locked, worker],
  pressure: {io: 0, memory: 0},
};

describe('two looks at a service whose answer is late', () => {
  test('show a deadlock when nobody accepts and its first thread sleeps on a lock', () => {
    const hang = hangOf(deadlock);
    expect(hang?.kind).toBe('idle');
    expect(render(hang?.text ?? '')).toBe(
      'nobody accepts or reads and no CPU is used (futex_wait_queue): a deadlock',
    );
  });

  test.each<[string, Partial<HangLook>, HangKind | undefined]>([
    ['its request was accepted and not read', {request: 'unread'}, 'idle'],
    ['… and it could not be asked again', {request: 'unread', repeated: false}, undefined],
    ['it cannot be asked again, and nobody accepts', {repeated: false}, 'idle'],
    ['it serves others', {serves: true}, undefined],
    ['another worker has an empty queue', {queues: [2, 0]}, undefined],
    ['it uses a CPU', {cpuMs: 950}, 'busy'],
    ['it uses a little CPU, as for statistics', {cpuMs: 20}, 'idle'],
    ['it has read the request', {request: 'read'}, 'waits'],
    ['it has read the request and computes', {request: 'read', cpuMs: 700}, 'busy'],
    ['all work waits for a disk', {pressure: {io: 0.6, memory: 0}}, undefined],
    ['all work waits for memory', {pressure: {io: 0, memory: 0.3}}, undefined],
    ['no process of it can be seen', {threads: []}, undefined],
  ])('when %s', (_, seen, kind) => {
    expect(hangOf({...deadlock, ...seen})?.kind).toBe(kind);
  });

  test.each<[string, Partial<ThreadLook>, HangKind | undefined]>([
    ['sleeps until a time', {channel: 'hrtimer_nanosleep'}, 'idle'],
    ['has run meanwhile', {ran: true}, undefined],
    ['wants to run', {state: 'R', channel: ''}, 'busy'],
    ['waits for a disk', {state: 'D', channel: 'io_schedule'}, undefined],
    ['is stopped', {state: 'T', channel: 'do_signal_stop'}, undefined],
    ['is frozen', {channel: 'do_freezer_trap'}, undefined],
    ['is frozen by an older kernel', {channel: '__refrigerator'}, undefined],
    ['sleeps where the kernel does not say', {channel: ''}, undefined],
    ['waits for its database', {channel: 'poll_schedule_timeout.constprop.0'}, 'waits'],
    ['reads from a peer', {channel: 'wait_woken'}, 'waits'],
    ['waits for a child', {channel: 'do_wait'}, 'waits'],
    ['runs an event loop that does not accept', {channel: 'ep_poll'}, 'waits'],
  ])('when its first thread %s', (_, seen, kind) => {
    expect(hangOf({...deadlock, threads: [{...locked, ...seen}, worker]})?.kind).toBe(kind);
  });

  test('when another thread waits for the data of a peer, it may be the one that the others wait for', () => {
    const reading = {...worker, channel: 'sk_wait_data'};
    expect(hangOf({...deadlock, threads: [locked, reading]})?.kind).toBe('waits');
    // A name of the kernel that merely ends like another one.
    const waiting = {...worker, channel: 'futex_do_wait'};
    expect(hangOf({...deadlock, threads: [locked, waiting]})?.kind).toBe('idle');
  });

  test('never show a deadlock of a service that reads, serves, computes or runs, whatever else they show', () => {
    const threads = fc.array(
      fc.record({
        main: fc.boolean(),
        state: fc.constantFrom('S', 'R', 'D', 'T', 't', 'Z'),
        channel: fc.constantFrom('', 'futex_do_wait', 'do_epoll_wait', 'do_wait', 'wait_woken'),
        ran: fc.boolean(),
      }),
      {maxLength: 4},
    );
    const looks = fc.record({
      overMs: fc.integer({min: 1, max: 3_000}),
      request: fc.constantFrom<HangLook['request']>('unaccepted', 'unread', 'read'),
      queues: fc.array(fc.nat(3), {maxLength: 3}),
      serves: fc.boolean(),
      repeated: fc.boolean(),
      cpuMs: fc.integer({min: 0, max: 3_000}),
      threads,
      pressure: fc.record({io: fc.double({min: 0, max: 1}), memory: fc.double({min: 0, max: 1})}),
    });
    fc.assert(
      fc.property(looks, look => {
        const alive =
          look.request === 'read' ||
          look.serves ||
          look.cpuMs > Math.max(20, look.overMs * 0.02) ||
          look.threads.some(({state}) => state !== 'S') ||
          look.threads.some(({main, ran}) => main && ran);
        if (alive) expect(hangOf(look)?.kind).not.toBe('idle');
      }),
      {numRuns: 500},
    );
  });
});

describe.each(presetNames)('a hang under the preset %s', preset => {
  const policy = presets[preset];

  /** From the start of the check that sees it first to the verdict. */
  function downAfter(api: 'hung' | 'deadlocked'): number {
    const world = createWorld({preset});
    world.advance(policy.startGraceMs + 20_300);
    const before = world.target().check;
    if (before.state !== 'idle') throw new Error('a check is under way');
    world.service.api = api;
    world.advance(600_000);
    return (world.logged('down')[0]?.at ?? Infinity) - before.dueAt;
  }

  test('is called down at the first time limit when it is a deadlock, else by the threshold', () => {
    expect(downAfter('deadlocked')).toBe(policy.timeoutMs);
    expect(downAfter('deadlocked')).toBe(hangDownAfterMs(policy, 'idle'));
    for (const kind of ['busy', 'waits', undefined] as const)
      expect(downAfter('hung')).toBe(hangDownAfterMs(policy, kind));
  });
});

test('a deadlock is restarted after one failure, and says so', () => {
  const world = createWorld();
  world.advance(32_000);
  world.service.api = 'deadlocked';
  world.advance(10_100);
  expect(world.fixes()).toHaveLength(1);
  expect(world.logged('down')[0]?.text).toBe('down: hung: idle: nobody accepts');
  expect(world.logged('fix')[0]?.text).toContain('restart because hung: idle (nobody accepts)');
  world.advance(30_000);
  expect(world.target().incidents).toMatchObject([{cause: 'hung', faults: [{hang: 'idle'}]}]);
  expect(world.target().health.level).toBe('ok');
});

test('a deadlock during start grace waits for its end, as soft evidence does', () => {
  const world = createWorld();
  world.service.api = 'deadlocked';
  world.advance(29_000);
  expect(world.fixes()).toHaveLength(0);
  world.advance(12_000);
  expect(world.fixes()).toHaveLength(1);
});

test('a deadlock of a target whose dependency is unwell is not restarted', () => {
  const world = createWorld({targets: [{name: 'db'}, {name: 'web', dependsOn: ['db']}]});
  world.advance(32_000);
  world.serviceOf('db').api = 'error';
  world.serviceOf('web').api = 'deadlocked';
  world.serviceOf('db').restartsInto = 'broken';
  world.advance(60_000);
  expect(world.fixes('db').length).toBeGreaterThan(0);
  expect(world.fixes('web')).toHaveLength(0);
});
