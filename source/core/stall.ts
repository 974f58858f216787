import {resetStreaks} from './check/health.ts';
import {notify, type Step} from './notice.ts';
import {message} from './text/message.ts';
import {span} from './text/span.ts';
import type {Repair} from './model/repair.ts';
import type {TargetState} from './model/target.ts';
import {interruptUptime} from './check/uptime.ts';

/** Time in which agent2 observed nothing: it counts neither for nor against a target. */

/** A shorter delay is no stall, even with a short interval. */
const LATE_MS = 1_000;

/** Work more than an interval after `dueAt` shows that agent2 stalled (SIGSTOP, a starved CPU): resets the streaks from before. */
export function stalled(target: TargetState, dueAt: number, at: number): Step {
  const lateMs = at - dueAt;
  if (lateMs <= Math.max(target.policy.intervalMs, LATE_MS)) return [target, []];
  const text = message`agent2 itself stalled for ${span(lateMs)}: it observed nothing in that time, and the check does not count`;
  return notify(
    {...unobserved(target, lateMs + LATE_MS), health: resetStreaks(target.health)},
    {at, level: 'info', kind: 'change', text},
  );
}

/** Excludes `lostMs` from uptime and healthy time, and extends the time to start, settle or verify by it. */
export function unobserved(target: TargetState, lostMs: number): TargetState {
  const {graceUntil, goneSince, healthySince} = target;
  return {
    ...target,
    uptime: interruptUptime(target.uptime),
    graceUntil: graceUntil === undefined ? undefined : graceUntil + lostMs,
    goneSince: goneSince === undefined ? undefined : goneSince + lostMs,
    healthySince: healthySince === undefined ? undefined : healthySince + lostMs,
    repair: extended(target.repair, lostMs),
  };
}

function extended(repair: Repair, lostMs: number): Repair {
  return repair.step === 'verifying' || repair.step === 'settling'
    ? {...repair, untilAt: repair.untilAt + lostMs}
    : repair;
}
