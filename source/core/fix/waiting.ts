import {leadingFault} from '../check/diagnosis.ts';
import {chain, notify, type Step} from '../notice.ts';
import {HELD_RETRY_MS, holdEnd} from './repair.ts';
import type {Text} from '../model/text.ts';
import {message} from '../text/message.ts';
import {left, span} from '../text/span.ts';
import type {HeldReason} from '../model/repair.ts';
import type {TargetState} from '../model/target.ts';
import {commandAdvice} from '../advice.ts';
import {machineLine} from '../evidence.ts';
import {blockerText} from '../why.ts';

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

/** The wait for checks of other targets shows only in `why`. */
export function isBrief(blockedBy: TargetState['blockedBy']): boolean {
  return blockedBy?.reason === 'unseen' || blockedBy?.reason === 'suspicion';
}

/** Unblocks the fix. After a problem upstream, this target gets time for its own verdict before a restart. */
export function undeferred(
  target: TargetState,
  before: TargetState['blockedBy'],
  at: number,
): Step {
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
  if (target.incident?.held.includes(reason)) return [held, [{type: 'write-status'}]];
  const text = heldText(target, reason, at);
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
function heldText(target: TargetState, reason: HeldReason, at: number): Text | undefined {
  const {incident, settings, policy, blockedBy} = target;
  switch (reason) {
    case 'budget':
      return message`held: down again after ${policy.budget.count} fixes within ${span(policy.budget.windowMs)}; from now on one attempt every ${span(HELD_RETRY_MS)}, or when you ask: ${commandAdvice(settings.name).restart}`;
    case 'port_taken':
      return message`held: ${leadingFault(incident?.faults ?? [], settings.local)?.text ?? message`another process holds the port`}; agent2 does not kill a process that is not the target's: stop it, then healing continues`;
    case 'common_cause':
      return blockedBy?.reason === 'canary'
        ? message`held: common_cause: ${blockedBy.bad} of ${blockedBy.of} targets turned bad together, and a restart of ${settings.name} did not help, so the cause is likely this machine (${machineLine(incident?.evidence)}); no other target is restarted; next attempt in ${left(blockedBy.untilAt, at)}, or when you ask: ${commandAdvice(settings.name).restart}`
        : undefined;
  }
}

/** Holds a target that waited for its fix, since a restart of the canary did not help. */
export function holdTogether(target: TargetState, at: number): Step {
  return hold(target, 'common_cause', holdEnd(target.blockedBy), at);
}
