import {CAUSES, issueOf} from '../causes.ts';
import {askedOf, causeText, leadingFault} from '../check/diagnosis.ts';
import {type Cause} from '../model/cause.ts';
import {CONTINUE, withFix} from './records.ts';
import type {Effect} from '../model/effect.ts';
import {alsoFound} from '../evidence.ts';
import {resetStreaks} from '../check/health.ts';
import {mayEnd} from './may-signal.ts';
import {notify, type Step} from '../notice.ts';
import {plan} from './repair.ts';
import {budgetUsed, countFix, withoutWaste} from './waste.ts';
import {joined, message} from '../text/message.ts';
import {span} from '../text/span.ts';
import type {Attempt, FixAction, FixRecord, HeldReason} from '../model/repair.ts';
import type {TargetState} from '../model/target.ts';
import {isTold} from './crash-loop.ts';
import {newIncident} from './incident.ts';
import {defer, hold} from './waiting.ts';

/** A process that does not answer or listen after a reload must end. */
const NEEDS_END: readonly Cause[] = ['hung', 'not_listening', 'suspended'];

/** These end when another cause is seen, the others in time. */
const ENDS_WITH_REASON: readonly HeldReason[] = ['port_taken', 'elsewhere'];

/** A target is down for `cause`: fixes, waits, holds or does nothing, as the plan says. */
export function act(target: TargetState, cause: Cause, hard: boolean, at: number): Step {
  const next = plan(target, cause, hard, at);
  switch (next.do) {
    case 'fix':
      return beginFix(target, cause, next.action, undefined, at);
    case 'wait':
      return [{...target, repair: {step: 'waiting', untilAt: next.untilAt}}, []];
    case 'defer':
      return defer(target, at);
    case 'hold':
      return hold(target, next.reason, next.nextAttemptAt, at);
    case 'nothing': {
      const keeps =
        target.repair.step === 'held' && !ENDS_WITH_REASON.includes(target.repair.reason);
      return [keeps ? target : {...target, repair: {step: 'idle'}}, []];
    }
  }
}

/** Begins a fix; `asked` names who requested it. Raises the epoch, so that results from before do not count, and resets every counter. */
export function beginFix(
  target: TargetState,
  cause: Cause,
  action: FixAction,
  asked: 'user' | 'signal-file' | undefined,
  at: number,
): Step {
  const number = target.fixCount + 1;
  const attempt: Attempt = {
    number,
    startedAt: at,
    action,
    cause,
    manual: asked !== undefined,
    before: target.process,
    pidBefore: pidOf(target),
    awaiting: false,
  };
  const incident = target.incident ?? newIncident(target, [], at);
  const {faults} = incident;
  const seen = leadingFault(faults, askedOf(target))?.text;
  const record: FixRecord = {
    at,
    issue: issueOf(cause),
    cause,
    action: action === 'continue' ? CONTINUE : 'restart',
    result: 'running',
    detail: seen === undefined ? undefined : joined([seen, alsoFound(incident.evidence)]),
    incident: incident.number,
  };
  const begun: TargetState = {
    ...(action === 'continue'
      ? withoutWaste(target, at)
      : countFix(target, asked !== undefined, at)),
    epoch: target.epoch + 1,
    fixCount: number,
    healthySince: undefined,
    check: {state: 'idle', dueAt: Infinity, tries: 0},
    health: resetStreaks(target.health),
    // Only the slow warning begins a new episode; the other warnings last.
    warned: target.warned.filter(({kind}) => kind !== 'slow'),
    repair: {step: 'fixing', attempt},
    incident: {...incident, cause: incident.cause ?? cause, fixes: incident.fixes + 1},
    fixes: withFix(target.fixes, record),
  };
  const {count, windowMs} = target.policy.budget;
  const reason = asked
    ? asked === 'user'
      ? message`you asked for it`
      : message`a restart_signal file asked for it`
    : joined([
        causeText(cause, faults, target.settings.local),
        seen ? message` (${seen})` : '',
        alsoFound(incident.evidence),
      ]);
  const text = message`fix: ${record.action} because ${reason}; ${budgetUsed(begun, at)} of ${count} restarts used in ${span(windowMs)}`;
  const [told, effects] = notify(begun, {
    at,
    level: isTold(incident.again) ? 'info' : 'warning',
    kind: 'fix',
    text,
  });
  const mayStop = mayEnd(target.readings.process);
  const request: Effect = {
    type: 'fix',
    target: target.settings.name,
    epoch: begun.epoch,
    request: {
      action,
      cause,
      reason: CAUSES[incident.cause ?? cause].reason,
      attempt: number,
      faults,
      process: target.process,
      gather: action === 'restart' && incident.evidence === undefined,
      stopFirst: incident.fixes > 0 && mayStop && (!incident.reloaded || NEEDS_END.includes(cause)),
      mayStop,
    },
  };
  return [
    told,
    [
      {type: 'cancel-check', target: target.settings.name},
      ...effects,
      request,
      {type: 'write-status'},
    ],
  ];
}

/** The pid of the target when a fix begins, dead or alive: a pid file may still name it for a while. */
function pidOf({readings: {process}}: TargetState): number | undefined {
  if (!process || process.state === 'unknown') return undefined;
  return process.state === 'gone' ? process.pid : process.identity.pid;
}
