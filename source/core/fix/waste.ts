import type {Policy} from '../model/policy.ts';
import type {Waste} from '../model/repair.ts';
import type {TargetState} from '../model/target.ts';
import {lastRestart} from './records.ts';

/**
 * Which fixes were worth their cost. A fix is effective when the target stayed healthy for ten times as long as the fix took; else it is wasted.
 * Wasted ones in a row lead to backoff, use up the budget, and then to ever longer holds; an effective one clears all of that.
 */

/** The healthy time after which nothing of the past counts. */
export const CALM_MS = 10 * 60_000;
/** The longest pause between single attempts while a target is held. */
export const MAX_HOLD_MS = 30 * 60_000;
/** A fix is worth its cost when it buys this many times what it took, and at least `LEAST_MS`. */
const WORTH = 10;
const LEAST_MS = 10_000;
/** The largest count that any budget may have. */
const KEPT_TIMES = 1_000;

/** How long the target must stay healthy until what was done before no longer counts, in milliseconds. One that recovered by itself proves nothing about its fixes until the window of the budget is over. */
function provenAfterMs({fixes, policy}: TargetState): number {
  const last = lastRestart(fixes);
  const tookMs = last?.workedAfterMs ?? last?.healthyAfterMs;
  const neededMs =
    last?.result === 'success' && tookMs !== undefined
      ? Math.max(LEAST_MS, WORTH * tookMs)
      : policy.budget.windowMs;
  return Math.min(CALM_MS, neededMs);
}

/** Clears the waste before `at` when the target stayed healthy long enough until then. */
export function withoutWaste(target: TargetState, at: number): TargetState {
  const {attempts, healthySince} = target;
  if (attempts === 0 || healthySince === undefined) return target;
  return at - healthySince >= provenAfterMs(target)
    ? {...target, attempts: 0, waste: undefined}
    : target;
}

/** Counts a fix that begins, as wasted until it is known to be effective. A manual one costs nothing of the budget. */
export function countFix(target: TargetState, manual: boolean, at: number): TargetState {
  const known = withoutWaste(target, at);
  const {attempts, attemptTimes, repair} = known;
  const waste = wasteOf(known);
  if (manual) return {...known, attempts: attempts + 1, waste};
  const held = repair.step === 'held' && repair.reason === 'budget';
  return {
    ...known,
    attempts: attempts + 1,
    attemptTimes: [...attemptTimes, at].slice(-KEPT_TIMES),
    waste: {
      times: [...waste.times, at].slice(-KEPT_TIMES),
      holds: held ? waste.holds + 1 : waste.holds,
    },
  };
}

/** Takes back the count of the fix that began at `startedAt`: it did nothing. */
export function uncountFix(target: TargetState, startedAt: number): TargetState {
  const {attempts, attemptTimes} = target;
  const waste = wasteOf(target);
  const others = (times: readonly number[]) => times.filter(time => time !== startedAt);
  return {
    ...target,
    attempts: Math.max(0, attempts - 1),
    attemptTimes: others(attemptTimes),
    waste: {...waste, times: others(waste.times)},
  };
}

/** A memory of an earlier version has no account of its own. */
export function wasteOf({waste, attempts, attemptTimes}: TargetState): Waste {
  return waste ?? {times: attempts === 0 ? [] : attemptTimes.slice(-attempts), holds: 0};
}

/** Wasted fixes in a row; the last one counts until it is known to be effective. */
export function wastedInRow(target: TargetState, at: number): number {
  return withoutWaste(target, at).attempts;
}

/** The pause after `wasted` wasted fixes: base, base x factor, … up to the cap; none before the first. */
export function backoffMs(wasted: number, {backoff}: Policy): number {
  return wasted === 0
    ? 0
    : Math.min(backoff.capMs, backoff.baseMs * backoff.factor ** (wasted - 1));
}

/** The pause before the next attempt of a held target: the cap of the backoff, then twice that, … up to 30 minutes. */
export function holdMs(target: TargetState): number {
  return Math.min(MAX_HOLD_MS, target.policy.backoff.capMs * 2 ** wasteOf(target).holds);
}

/** Fixes that count in the budget, at most its count: wasted ones, or all where people set the budget of this target. Manual restarts never count. */
export function budgetUsed(target: TargetState, at: number): number {
  const {count} = target.policy.budget;
  const counted = isHardBudget(target) ? inWindow(target, at) : wastedInWindow(target, at);
  return Math.min(count, counted.length);
}

/** When a budget that people set allows the next fix; -Infinity where it allows one now, or where none is set. */
export function budgetFreeAt(target: TargetState, at: number): number {
  const {count, windowMs} = target.policy.budget;
  const oldest = isHardBudget(target) ? inWindow(target, at).at(-count) : undefined;
  return oldest === undefined ? -Infinity : oldest + windowMs;
}

/** Whether wasted fixes have used up the budget, or did so before and nothing has helped since. */
export function isWornOut(target: TargetState, at: number): boolean {
  return (
    wasteOf(withoutWaste(target, at)).holds > 0 ||
    (target.incident?.held.includes('budget') ?? false) ||
    wastedInWindow(target, at).length >= target.policy.budget.count
  );
}

function wastedInWindow(target: TargetState, at: number): readonly number[] {
  return inWindow(target, at, wasteOf(withoutWaste(target, at)).times);
}

function inWindow(
  {policy, attemptTimes}: TargetState,
  at: number,
  times = attemptTimes,
): readonly number[] {
  return times.filter(time => time > at - policy.budget.windowMs);
}

/** A budget set for this target limits effective fixes too; that of a preset only says how many wasted ones are enough. */
function isHardBudget({settings}: Pick<TargetState, 'settings'>): boolean {
  return settings.overrides.budget !== undefined;
}
