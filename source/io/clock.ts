import type {Clock} from '../contracts/clock.ts';

/** Follows NTP slewing silently; a greater jump is an event. */
const JUMP_MS = 2_000;
const DRIFT_MS = 100;

/** The unchanged time of the wall clock, for readers of another process's measurements: follows a jump at once. */
export function wallClock(): Pick<Clock, 'now' | 'after'> {
  return {now: Date.now, after: systemClock().after};
}

/** Epoch milliseconds anchored to the wall clock once and continued by the monotonic one, so that a wall clock set back never makes time run backwards. */
export function systemClock(): Clock {
  let anchorMs = Date.now() - performance.now();
  return {
    now: () => anchorMs + performance.now(),
    after(ms, callback) {
      const timer = setTimeout(callback, Math.min(ms, 2 ** 31 - 1));
      return () => clearTimeout(timer);
    },
    takeJump() {
      const apartMs = Date.now() - (anchorMs + performance.now());
      if (Math.abs(apartMs) < DRIFT_MS) return undefined;
      anchorMs += apartMs;
      return Math.abs(apartMs) < JUMP_MS ? undefined : Math.round(apartMs);
    },
  };
}
