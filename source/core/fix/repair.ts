import {CAUSES} from '../causes.ts';
import {meansComponent} from '../check/dependency-names.ts';
import {mayWake} from './may-signal.ts';
import type {Cause} from '../model/cause.ts';
import type {Text} from '../model/text.ts';
import {joined, message} from '../text/message.ts';
import type {FixAction, HeldReason} from '../model/repair.ts';
import {CONTINUE} from './records.ts';
import type {Blocker, TargetState} from '../model/target.ts';
import {askedToWaitUntil, attemptElsewhereAt, isOnlyTold} from './limits.ts';
import {backoffMs, budgetFreeAt, holdMs, isWornOut, wastedInRow} from './waste.ts';

/** The pace of checks after a fix: fast until the first good one and while the fix is young, then slower. */
const EAGER_PACE_MS = 100;
const VERIFY_PACE_MS = 500;
const EAGER_FOR_MS = 3_000;

/** The next step for a target that is down. */
export type Plan =
  | {readonly do: 'nothing'}
  | {readonly do: 'wait'; readonly untilAt: number}
  /** Another target, or the shared budget, blocks it. */
  | {readonly do: 'defer'}
  | {readonly do: 'hold'; readonly reason: HeldReason; readonly nextAttemptAt: number}
  | {readonly do: 'fix'; readonly action: FixAction};

/** Decides the next step for `cause`. `hard`: hard evidence against a process known alive, which start grace does not delay. */
export function plan(target: TargetState, cause: Cause, hard: boolean, at: number): Plan {
  const {repair, policy} = target;
  const {remedy} = CAUSES[cause];
  if (whyNotAllowed(target) || isOnlyTold(target, cause) || sparedFor(target) !== undefined)
    return {do: 'nothing'};
  if (remedy === 'hold') return {do: 'hold', reason: 'port_taken', nextAttemptAt: Infinity};
  if (target.graceUntil !== undefined && at < target.graceUntil && !hard) return {do: 'nothing'};
  const canContinue = mayContinue(target, cause, at);
  if (canContinue && !target.blockedBy) return {do: 'fix', action: 'continue'};
  if (repair.step === 'held' && repair.reason === 'common_cause' && target.blockedBy)
    return {do: 'nothing'};
  if (askedToWaitUntil(target) > at) return {do: 'nothing'};
  const elsewhereAt = attemptElsewhereAt(target, cause, at);
  if (elsewhereAt !== undefined && at < elsewhereAt)
    return {do: 'hold', reason: 'elsewhere', nextAttemptAt: elsewhereAt};
  const freeAt = budgetFreeAt(target, at);
  if (repair.step === 'held' && repair.reason === 'budget') {
    return at < Math.max(repair.nextAttemptAt, freeAt) || target.blockedBy
      ? {do: 'nothing'}
      : {do: 'fix', action: 'restart'};
  }
  if (canContinue) return {do: 'defer'};
  if (isWornOut(target, at))
    return {do: 'hold', reason: 'budget', nextAttemptAt: Math.max(at + holdMs(target), freeAt)};
  if (at < freeAt) return {do: 'hold', reason: 'budget', nextAttemptAt: freeAt};
  const untilAt =
    (target.lastAttemptEndedAt ?? -Infinity) + backoffMs(wastedInRow(target, at), policy);
  if (at < untilAt) return {do: 'wait', untilAt};
  if (isHeldWithOthers(target.blockedBy))
    return {do: 'hold', reason: 'common_cause', nextAttemptAt: holdEnd(target.blockedBy)};
  if (target.blockedBy) return {do: 'defer'};
  return {do: 'fix', action: 'restart'};
}

/** The restart of another target did not help against the cause that they share. */
export function isHeldWithOthers(blockedBy: Blocker | undefined): boolean {
  return (
    blockedBy?.reason === 'canary' ||
    (blockedBy?.reason === 'common_cause' && blockedBy.step === 'held')
  );
}

/** Only the canary gets another attempt; the others wait for what becomes of it. */
export function holdEnd(blockedBy: Blocker | undefined): number {
  return blockedBy?.reason === 'canary' ? blockedBy.untilAt : Infinity;
}

/** The reason why agent2 never heals this target. */
export function whyNotAllowed(target: TargetState): 'paused' | 'observing' | 'no fix' | undefined {
  if (target.paused) return 'paused';
  if (target.observing) return 'observing';
  return target.settings.traits.heals ? undefined : 'no fix';
}

/** The faulty components and checks, when a restart repairs none of them; undefined when it may repair one. */
export function sparedFor({settings: {notFor}, incident}: TargetState): Text | undefined {
  if (notFor.length === 0 || !incident || incident.faults.length === 0) return undefined;
  const blamed = incident.faults.map(({components = [], probe}) => ({
    parts: components.length > 0 ? components : [probe],
    spared: (part: string) =>
      components.length > 0
        ? notFor.some(name => meansComponent(name, part))
        : notFor.includes(part),
  }));
  if (!blamed.every(({parts, spared}) => parts.every(spared))) return undefined;
  return joined([...new Set(blamed.flatMap(({parts}) => parts))], message`, `);
}

/**
 * Whether a suspended process is to be continued first: unless the last fix of the incident was that and did not help. SIGCONT costs the
 * service nothing, so it waits for no backoff, uses no budget, and has a limit of its own: as many within the window as the budget has.
 */
export function mayContinue(
  {incident, fixes, policy, readings}: TargetState,
  cause: Cause,
  at: number,
): boolean {
  if (CAUSES[cause].remedy !== 'continue' || !mayWake(readings.process)) return false;
  // Of an incident that goes on, only the present failure counts.
  const last = fixes.findLast(
    record => record.incident === incident?.number && record.at >= (incident?.startedAt ?? 0),
  );
  const recent = fixes.filter(
    ({action, at: begunAt}) => action === CONTINUE && begunAt > at - policy.budget.windowMs,
  );
  return last?.action !== CONTINUE && recent.length < policy.budget.count;
}

/** The pause to the next check of a verification that began at `since`. */
export function verifyPaceMs(since: number, at: number, good: number, awaiting: boolean): number {
  return good === 0 && !awaiting && at - since < EAGER_FOR_MS ? EAGER_PACE_MS : VERIFY_PACE_MS;
}
