import {describe, expect, test} from 'vitest';
import {type ProbeResult} from '../../source/core/model/observation.ts';
import {doubt} from '../../source/core/check/doubt.ts';
import {combine} from '../../source/core/check/combine.ts';
import {uptimeShares} from '../../source/core/check/uptime.ts';
import {createWorld, type World} from '../helpers/virtual/world.ts';
import {renderAll} from '../../source/core/text/say.ts';

const seconds = (count: number) => count * 1_000;

/** Nothing of ours ran for `ms`; then the timers come, late. */
function standStill(world: World, ms: number): void {
  world.sleep(ms);
  world.dispatch({type: 'tick', at: world.now()});
}

const limits = {timeoutMs: 5_000, intervalMs: 5_000};
const warned = (world: World) =>
  world.notices.filter(({level}) => level !== 'debug' && level !== 'info').map(({text}) => text);

describe('time in which agent2 itself stalled', () => {
  test('is logged, is not observed, and resets the streaks', () => {
    const world = createWorld({preset: 'prod'});
    world.advance(seconds(15));
    world.service.api = 'error';
    world.advance(seconds(7));
    expect(world.target().health.failures).toBe(1);
    standStill(world, seconds(60));
    expect(world.notices.at(-1)?.text).toMatch(
      /^agent2 itself stalled for 5\d s: it observed nothing in that time, and the check does not count$/,
    );
    expect(world.target().health.failures).toBe(0);
    world.service.api = 'ok';
    world.advance(seconds(30));
    expect(world.fixes()).toHaveLength(0);
    expect(world.target().health.level).toBe('ok');
    const shares = uptimeShares(world.target().uptime, world.now());
    expect(shares?.coverage).toBeLessThan(0.6);
  });

  test('does not count as healthy, neither for backoff nor for the verdict on a fix', () => {
    const world = createWorld();
    world.advance(seconds(12));
    world.service.process = 'gone-with-pid-file';
    world.advance(seconds(30));
    expect(world.target().health.level).toBe('ok');
    standStill(world, seconds(900));
    world.advance(seconds(60));
    expect(world.target().fixes[0]?.verdict).toBeUndefined();
    world.advance(seconds(600));
    expect(world.target().fixes[0]?.verdict).toBe('healed');
  });

  test('extends a start, a settling and a verification', () => {
    const starting = createWorld({fix: 'child'});
    starting.service.api = 'error';
    starting.advance(10_100);
    standStill(starting, seconds(40));
    expect(starting.target().graceUntil).toBeGreaterThan(starting.now() + seconds(15));

    const settling = createWorld();
    settling.advance(seconds(12));
    settling.service.process = 'gone';
    settling.advance(600);
    expect(settling.target().repair.step).toBe('settling');
    standStill(settling, seconds(40));
    expect(settling.target().repair).toMatchObject({step: 'settling'});
    settling.service.pid += 1;
    settling.service.process = 'alive';
    settling.advance(seconds(10));
    expect(settling.fixes()).toHaveLength(0);

    const verifying = createWorld();
    verifying.advance(seconds(12));
    verifying.service.restartsInto = 'broken';
    verifying.service.process = 'gone-with-pid-file';
    verifying.advance(seconds(20));
    standStill(verifying, seconds(40));
    verifying.service.api = 'ok';
    verifying.advance(seconds(3));
    expect(verifying.target().fixes.map(({result}) => result)).toEqual(['success']);
  });

  test('makes no answer slow', () => {
    const slow = combine([
      {
        readings: {},
        faults: [],
        warnings: [
          {probe: 'api', kind: 'slow', latencyMs: 4_000, limitMs: 3_000, text: 'answered in 4 s'},
        ],
        latencyMs: 4_000,
      },
    ]);
    expect(renderAll(doubt(slow, {startedAt: 0, at: 4_000, lagMs: 3_900}, limits))).toContain(
      'stalled',
    );
    expect(doubt(slow, {startedAt: 0, at: 4_000, lagMs: 0}, limits)).toBeUndefined();
  });
});

describe('a process that a debugger holds', () => {
  const held: ProbeResult = {
    readings: {},
    faults: [],
    warnings: [
      {
        probe: 'process',
        kind: 'process_stopped',
        pid: 7,
        traced: true,
        text: 'a debugger holds process 7',
      },
    ],
  };
  const mute: ProbeResult = {
    readings: {},
    faults: [{probe: 'api', kind: 'response_timeout', text: 'no response'}],
  };
  const observation = combine([held, mute]);

  const see = (world: World, seen = observation) => {
    while (world.target().check.state !== 'running') world.advance(1);
    world.dispatch({
      type: 'observed',
      at: world.now(),
      target: 'web',
      epoch: world.target().epoch,
      startedAt: world.now(),
      lagMs: 0,
      observation: seen,
    });
  };

  test('is logged as a warning and never restarted, though it does not answer', () => {
    const world = createWorld({preset: 'low-latency'});
    world.advance(seconds(5));
    see(world);
    expect(world.target().health.level).toBe('warn');
    expect(warned(world)).toEqual(['warning: a debugger holds process 7', 'warning: no response']);
    expect(world.fixes()).toHaveLength(0);
  });

  test('neither ends an incident nor verifies a fix', () => {
    const world = createWorld();
    world.advance(seconds(12));
    world.service.restartsInto = 'broken';
    world.service.process = 'gone-with-pid-file';
    world.advance(seconds(2));
    see(world);
    expect(world.target().repair.step).toBe('verifying');
    expect(world.notices.at(-1)?.text).toBe(
      'inconclusive check, which does not count: a debugger holds process 7',
    );
  });

  test('does not excuse a stranger on its port', () => {
    expect(
      combine([
        held,
        {
          readings: {},
          faults: [
            {probe: 'port', kind: 'port_foreign', port: 1, command: 'nc', text: 'held by nc'},
          ],
        },
      ]),
    ).toMatchObject({kind: 'failed', faults: [{kind: 'port_foreign'}]});
  });
});
