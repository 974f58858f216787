import {resetStreaks} from './health.ts';
import {tell, type Step} from './notice.ts';
import {message} from './text/message.ts';
import {span} from './text/span.ts';
import type {Repair, TargetState} from './model/state.ts';
import {interruptUptime} from './uptime.ts';

/** Time in which we did not look: a target neither gains nor loses by it. */

/** Less than this says nothing about us, however short the interval is. */
const LATE_MS = 1_000;

/** What was due at `dueAt` and comes later than by an interval says that we stood still (SIGSTOP, a starved CPU): what came before is no streak any more. */
export function stoodStill(target: TargetState, dueAt: number, at: number): Step {
  const lateMs = at - dueAt;
  if (lateMs <= Math.max(target.policy.intervalMs, LATE_MS)) return [target, []];
  const text = message`agent2 itself stood still for ${span(lateMs)}: that time was not observed, and nothing is held against the target`;
  return tell(
    {...unobserved(target, lateMs + LATE_MS), health: resetStreaks(target.health)},
    {at, level: 'info', kind: 'change', text},
  );
}

/** `lostMs` were not observed: they count neither in the uptime nor as healthy, and whoever had time to start, to settle or to prove itself gets them back. */
export function unobserved(target: TargetState, lostMs: number): TargetState {
  const {graceUntil, goneSince, healthySince} = target;
  return {
    ...target,
    uptime: interruptUptime(target.uptime),
    graceUntil: graceUntil === undefined ? undefined : graceUntil + lostMs,
    goneSince: goneSince === undefined ? undefined : goneSince + lostMs,
    healthySince: healthySince === undefined ? undefined : healthySince + lostMs,
    repair: givenBack(target.repair, lostMs),
  };
}

function givenBack(repair: Repair, lostMs: number): Repair {
  return repair.step === 'verifying' || repair.step === 'settling'
    ? {...repair, untilAt: repair.untilAt + lostMs}
    : repair;
}
