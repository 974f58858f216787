import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {watch} from '../../bench/policies/agent2.ts';
import {outcomeOf, peers} from '../../bench/policies/peers.ts';
import {cannotStart, lives, services, type Service} from '../../bench/policies/services.ts';
import {presets, type PresetName} from '../../source/config/presets.ts';

/** The frontier of docs/healing.md: as available as those who restart at once where restarts help, as calm as the kubelet or calmer where they do not. */

const HOUR = 3_600_000;
const SEED = 20_261_201;

const named = (name: string) => {
  const service = services.find(service => service.name === name);
  if (!service) throw new Error(`no service ${name}`);
  return service;
};
const best = (service: Service, endMs?: number) =>
  Math.max(...peers.map(peer => outcomeOf(peer, service, SEED, endMs).availability));
const kubelet = (service: Service) => {
  const peer = peers.find(({name}) => name === 'kubelet');
  return peer ? outcomeOf(peer, service, SEED) : {availability: 0, starts: 0};
};

describe('over eight hours, agent2', () => {
  test.each<readonly [PresetName, string]>([
    ['test', 'lives 30 s'],
    ['prod', 'lives 90 s'],
    ['prod', 'lives 2 min on average, exponential'],
    ['test', 'cannot start for 10 min'],
    ['prod', 'cannot start for 2 h'],
    ['test', 'answers 500 for 10 min, whatever is done'],
    ['test', 'needs 40 s to start'],
  ])('at %s keeps a service that %s within 5 points of the best', (preset, name) => {
    const service = named(name);
    const {availability} = watch(service, preset, {seed: SEED});
    expect(availability).toBeGreaterThan(best(service) - 0.05);
  });

  test.each<PresetName>(['test', 'prod'])(
    'at %s starts a service that never starts at most half as often as the kubelet, and tells of it twice',
    preset => {
      const service = named('never starts');
      const {starts, notices} = watch(service, preset);
      expect(starts).toBeLessThanOrEqual(kubelet(service).starts / 2);
      expect(notices).toMatchObject({down: 1, held: 1});
    },
  );

  test('restarts a sick service that no restart helps less often than the kubelet', () => {
    const service = named('answers 500 for 10 min, whatever is done');
    expect(watch(service, 'prod').starts).toBeLessThan(kubelet(service).starts);
  });
});

describe('in random lives', () => {
  test('a service that lives at least eleven times as long as its start takes is within 5 points of the best', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<PresetName>('test', 'prod', 'dev'),
        fc.integer({min: 0, max: 5_000}),
        fc.integer({min: 0, max: 600_000}),
        (preset, startMs, moreMs) => {
          const lifeMs = 14_000 + 11 * startMs + moreMs;
          const service = lives('', () => lifeMs, startMs);
          const {availability} = watch(service, preset, {endMs: HOUR});
          expect(availability).toBeGreaterThan(best(service, HOUR) - 0.05);
        },
      ),
      // It dies just after a check began.
      {numRuns: 12, examples: [['dev', 0, 1]]},
    );
  });

  test('a service that cannot start for a while loses little more than that while, with few starts', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<PresetName>('test', 'prod', 'dev'),
        fc.integer({min: 0, max: 2 * HOUR}),
        (preset, untilMs) => {
          const {availability, starts} = watch(cannotStart('', untilMs), preset, {endMs: 4 * HOUR});
          // The first hold lasts as long as the cap of the backoff. Then the pauses double: at most as long again as it was down, and at most half an hour.
          const lostMs = (1 - availability) * 4 * HOUR;
          const pauseMs = Math.max(presets[preset].backoff.capMs, Math.min(untilMs, HOUR / 2));
          expect(lostMs).toBeLessThan(untilMs + pauseMs + 60_000);
          expect(starts).toBeLessThan(20);
        },
      ),
      {numRuns: 6, examples: [['prod', 30_475]]},
    );
  });

  test('wasted restarts are never closer than the backoff', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<PresetName>('test', 'prod'),
        fc.integer({min: 0, max: 9_000}),
        (preset, lifeMs) => {
          const {startTimes} = watch(
            lives('', () => lifeMs, 100),
            preset,
            {endMs: HOUR},
          );
          const backoffMs = preset === 'test' ? 5_000 : 10_000;
          startTimes.slice(1).forEach((at, index) => {
            expect(at - (startTimes[index] ?? 0)).toBeGreaterThanOrEqual(backoffMs);
          });
        },
      ),
      {numRuns: 12},
    );
  });
});
