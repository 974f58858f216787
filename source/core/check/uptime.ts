import type {Health} from '../model/health.ts';
import type {Uptime} from '../model/uptime.ts';

export function startUptime(at: number): Uptime {
  return {since: at, upMs: 0, observedMs: 0};
}

/** Counts the time since the last check as up or down, by the health of that time. Warn counts as up after a good check; an unknown level is not observed. */
export function observeUptime(
  uptime: Uptime,
  {level, totalChecks, totalFailures}: Health,
  at: number,
): Uptime {
  const stretchMs = uptime.seenAt === undefined ? 0 : Math.max(0, at - uptime.seenAt);
  const up = level === 'ok' || (level === 'warn' && totalChecks > totalFailures);
  if (level === 'unknown') return {...uptime, seenAt: at};
  return {
    ...uptime,
    seenAt: at,
    observedMs: uptime.observedMs + stretchMs,
    upMs: uptime.upMs + (up ? stretchMs : 0),
  };
}

/** Stops the clock: the time from here on is not observed. */
export function interruptUptime(uptime: Uptime): Uptime {
  return {...uptime, seenAt: undefined};
}

/** `up` is the share of the observed time, `coverage` the observed share of all time, each from 0 to 1. Undefined before any observation. */
export function uptimeShares(
  uptime: Uptime,
  at: number,
): {readonly up: number; readonly coverage: number} | undefined {
  if (uptime.observedMs === 0) return undefined;
  const totalMs = Math.max(uptime.observedMs, at - uptime.since);
  return {up: uptime.upMs / uptime.observedMs, coverage: uptime.observedMs / totalMs};
}
