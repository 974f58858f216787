import {askedOf, leadingFault} from '../check/diagnosis.ts';
import {chain, notify, type Step} from '../notice.ts';
import {holdEnd, isHeldWithOthers} from './repair.ts';
import type {Text} from '../model/text.ts';
import {joined, message} from '../text/message.ts';
import {left, span} from '../text/span.ts';
import type {HeldReason} from '../model/repair.ts';
import type {TargetState} from '../model/target.ts';
import {commandAdvice} from '../advice.ts';
import {alsoFound, machineLine} from '../evidence.ts';
import {blockerText} from '../why.ts';
import {isWornOut, MAX_HOLD_MS, wasteOf} from './waste.ts';

/** A wanted fix that may not begin: another target blocks it, or it is held. */

/** Defers a wanted fix behind another target, logged once an incident. */
export function defer(target: TargetState, at: number): Step {
  const deferred: TargetState = {...target, repair: {step: 'deferred'}};
  if (!target.incident || target.incident.deferred || isBrief(target.blockedBy))
    return [deferred, []];
  const noted: TargetState = {...deferred, incident: {...target.incident, deferred: true}};
  return notify(noted, {
    at,
    level: 'warning',
    kind: 'change',
    text: blockerText(target.blockedBy, at),
  });
}

/** Something else blocks the target than `before`, or nothing any more: defers, resumes or holds a fix that waits. */
export function reblocked(target: TargetState, before: TargetState['blockedBy'], at: number): Step {
  const {repair, blockedBy} = target;
  if (repair.step === 'held' && repair.reason === 'common_cause')
    return blockedBy ? [target, []] : undeferred(target, before, at);
  // The canary of a common cause has just failed.
  if ((repair.step === 'deferred' || repair.step === 'waiting') && isHeldWithOthers(blockedBy))
    return hold(target, 'common_cause', holdEnd(blockedBy), at);
  if (repair.step !== 'deferred') return [target, []];
  if (!blockedBy) return undeferred(target, before, at);
  return isBrief(before) ? defer(target, at) : [target, []];
}

/** The wait for checks of other targets shows only in `why`. */
function isBrief(blockedBy: TargetState['blockedBy']): boolean {
  return blockedBy?.reason === 'unseen' || blockedBy?.reason === 'suspicion';
}

/** Unblocks the fix. After a problem upstream, this target gets time for its own verdict before a restart. */
function undeferred(target: TargetState, before: TargetState['blockedBy'], at: number): Step {
  const {settleMs, failureThreshold, confirmMs} = target.policy;
  const recoverMs =
    before?.reason === 'dependency' ? Math.max(settleMs, failureThreshold * confirmMs) : 0;
  const waiting: TargetState = {...target, repair: {step: 'waiting', untilAt: at + recoverMs}};
  if (before?.reason !== 'dependency' || before.paused) return [waiting, []];
  return notify(waiting, {
    at,
    level: 'info',
    kind: 'change',
    text: message`${before.target} is healthy again; ${span(recoverMs)} for this target to recover by itself`,
  });
}

/** Holds the target, and logs that once an incident. */
export function hold(
  target: TargetState,
  reason: HeldReason,
  nextAttemptAt: number,
  at: number,
): Step {
  if (target.repair.step === 'held' && target.repair.reason === reason) return [target, []];
  const held: TargetState = {...target, repair: {step: 'held', reason, since: at, nextAttemptAt}};
  const told = target.incident?.held.includes(reason) ?? false;
  // A crash loop that was held before is told as held once.
  if (told || (reason === 'budget' && target.incident?.again?.held))
    return [held, [{type: 'write-status'}]];
  const text = heldText(target, reason, nextAttemptAt, at);
  return chain(
    {
      ...held,
      incident: target.incident && {...target.incident, held: [...target.incident.held, reason]},
    },
    target =>
      text === undefined ? [target, []] : notify(target, {at, level: 'error', kind: 'held', text}),
    target => [target, [{type: 'write-status'}]],
  );
}

/** Undefined for a target that is held with others: one notice, that of the canary, is for all of them. */
function heldText(
  target: TargetState,
  reason: HeldReason,
  nextAttemptAt: number,
  at: number,
): Text | undefined {
  const {incident, settings, blockedBy} = target;
  const seen = leadingFault(incident?.faults ?? [], askedOf(target))?.text;
  switch (reason) {
    case 'budget':
      return usedUpText(target, nextAttemptAt, at);
    case 'port_taken':
      return message`held: ${seen ?? message`another process holds the port`}; agent2 does not kill a process that is not the target's: stop it, then healing continues`;
    case 'elsewhere':
      return message`held: ${joined([seen, alsoFound(incident?.evidence)])}; a restart of this target does not mend that: it recovers with its cause, or when you ask: ${commandAdvice(settings.name).restart}`;
    case 'common_cause':
      return blockedBy?.reason === 'canary'
        ? message`held: common_cause: ${blockedBy.bad} of ${blockedBy.of} targets turned bad together, and a restart of ${settings.name} did not help, so the cause is likely this machine (${machineLine(incident?.evidence)}); no other target is restarted; next attempt in ${left(blockedBy.untilAt, at)}, or when you ask: ${commandAdvice(settings.name).restart}`
        : undefined;
  }
}

/** What the restarts were good for, and when the next one comes. */
function usedUpText(target: TargetState, nextAttemptAt: number, at: number): Text {
  const next = span(nextAttemptAt - at);
  const ask = commandAdvice(target.settings.name).restart;
  if (!isWornOut(target, at)) {
    const {count, windowMs} = target.policy.budget;
    return message`held: the budget of ${count} restarts in ${span(windowMs)} is used up; next attempt in ${next}; ${ask}`;
  }
  return message`held: ${vainText(target)}; next attempt in ${next}, then after twice that, up to ${span(MAX_HOLD_MS)}; ${ask}`;
}

function vainText(target: TargetState): Text {
  const {times} = wasteOf(target);
  const since = times[0] ?? Infinity;
  const helped = target.fixes.some(({at, result}) => at >= since && result === 'success');
  if (helped)
    return times.length === 1
      ? message`${times.length} restart helped for a moment only`
      : message`${times.length} restarts helped for a moment only`;
  return times.length === 1
    ? message`${times.length} restart did not help`
    : message`${times.length} restarts did not help`;
}
