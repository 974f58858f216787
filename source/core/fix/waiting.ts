import {leadingFault} from '../check/diagnosis.ts';
import {chain, notify, type Step} from '../notice.ts';
import {HELD_RETRY_MS} from './repair.ts';
import {message} from '../text/message.ts';
import {span} from '../text/span.ts';
import type {TargetState} from '../model/target.ts';
import {commandAdvice} from '../advice.ts';
import {blockerText} from '../why.ts';

/** A wanted fix that may not begin: another target blocks it, or it is held. */

/** Defers a wanted fix behind another target, logged once an incident. The short wait for a first check of an upstream shows only in `why`. */
export function defer(target: TargetState, at: number): Step {
  const deferred: TargetState = {...target, repair: {step: 'deferred'}};
  if (!target.incident || target.incident.deferred || target.blockedBy?.reason === 'unseen')
    return [deferred, []];
  const noted: TargetState = {...deferred, incident: {...target.incident, deferred: true}};
  return notify(noted, {
    at,
    level: 'warning',
    kind: 'change',
    text: blockerText(target.blockedBy, at),
  });
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
  reason: 'budget' | 'port_taken',
  nextAttemptAt: number,
  at: number,
): Step {
  if (target.repair.step === 'held' && target.repair.reason === reason) return [target, []];
  const held: TargetState = {...target, repair: {step: 'held', reason, since: at, nextAttemptAt}};
  if (target.incident?.held.includes(reason)) return [held, [{type: 'write-status'}]];
  const {count, windowMs} = target.policy.budget;
  const text =
    reason === 'budget'
      ? message`held: down again after ${count} fixes within ${span(windowMs)}; from now on one attempt every ${span(HELD_RETRY_MS)}, or when you ask: ${commandAdvice(target.settings.name).restart}`
      : message`held: ${leadingFault(target.incident?.faults ?? [], target.settings.local)?.text ?? message`another process holds the port`}; agent2 does not kill a process that is not the target's: stop it, then healing continues`;
  return chain(
    {
      ...held,
      incident: target.incident && {...target.incident, held: [...target.incident.held, reason]},
    },
    target => notify(target, {at, level: 'error', kind: 'held', text}),
    target => [target, [{type: 'write-status'}]],
  );
}
