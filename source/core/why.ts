import {askedOf, incidentCause, leadingFault} from './check/diagnosis.ts';
import {alsoFound} from './evidence.ts';
import {loopClause} from './fix/crash-loop.ts';
import {askedToWaitUntil, presentCause, toldText} from './fix/limits.ts';
import {sparedFor, whyNotAllowed} from './fix/repair.ts';
import {budgetUsed} from './fix/waste.ts';
import type {Text} from './model/text.ts';
import {joined, message, messageOf} from './text/message.ts';
import {left, span} from './text/span.ts';
import type {Blocker, TargetState} from './model/target.ts';
import {commandAdvice, STOPPED_ADVICE, withoutRestart, type Advice} from './advice.ts';

/** Explains the present decision in one line; `advice` names the reader's options. */
export function whyLine(
  target: TargetState,
  now: number,
  advice: Advice = commandAdvice(target.settings.name),
): Text {
  const refusal = freshRefusal(target, now);
  if (refusal !== undefined) return refusal;
  return joined(
    [
      ...headline(target, now, advice),
      grace(target, now),
      healingRestraint(target, advice),
      budget(target, now),
      loopClause(target),
    ],
    CLAUSE,
  );
}

/** Ends a clause of the reason, so that a reader can split it. */
export const CLAUSE = message`; `;

/** How long a refusal is shown. */
const REFUSAL_MS = 10_000;

function freshRefusal({lastRefusal}: TargetState, now: number): Text | undefined {
  return lastRefusal && now - lastRefusal.at < REFUSAL_MS ? lastRefusal.text : undefined;
}

/** Whether the line shows a time that shrinks, so that a screen must redraw it. */
export function whyCountsDown(target: TargetState, now: number): boolean {
  const {repair} = target;
  if (freshRefusal(target, now) !== undefined) return true;
  if (target.paused) return target.pausedUntil !== undefined;
  return (
    grace(target, now) !== undefined ||
    askedToWaitUntil(target) > now ||
    repair.step === 'waiting' ||
    repair.step === 'settling' ||
    (repair.step === 'deferred' && target.blockedBy?.reason === 'heal budget') ||
    (repair.step === 'verifying' && repair.untilAt !== Infinity) ||
    (repair.step === 'held' && Number.isFinite(repair.nextAttemptAt))
  );
}

/** Whether the line stays the same until the target changes, so that it can be cached. False in doubt. */
export function whyLasts({
  repair,
  incident,
  attemptTimes,
  lastRefusal,
  graceUntil,
  pausedUntil,
}: TargetState): boolean {
  return (
    repair.step === 'idle' &&
    incident === undefined &&
    attemptTimes.length === 0 &&
    lastRefusal === undefined &&
    graceUntil === undefined &&
    pausedUntil === undefined
  );
}

/** The first clauses of the reason: what was seen, and what agent2 does about it. */
export function headline(target: TargetState, now: number, advice: Advice): readonly Text[] {
  const {repair, health, incident, policy, settings} = target;
  if (target.paused)
    return target.pausedUntil === undefined
      ? [message`paused: no checks, no repairs`, advice.resume]
      : [message`paused for ${left(target.pausedUntil, now)} more`, advice.resume];
  const seen = leadingFault(incident?.faults ?? [], askedOf(target))?.text ?? '';
  const because = joined([
    joined([incident && incidentCause(incident, settings.local), seen], message`: `),
    alsoFound(incident?.evidence),
  ]);
  switch (repair.step) {
    case 'looking':
      return [seen, message`confirming`];
    case 'settling':
      return [
        seen,
        message`somebody may be restarting it, waiting ${left(repair.untilAt, now)} more`,
      ];
    case 'fixing':
      return repair.attempt.action === 'continue'
        ? [message`continuing it (${repair.attempt.manual ? message`you asked for it` : because})`]
        : [message`restarting (${repair.attempt.manual ? message`you asked for it` : because})`];
    case 'verifying':
      if (repair.attempt.untaken)
        return [because, message`no process consumes restart_signal; it stays until one does`];
      return repair.attempt.awaiting
        ? [
            message`restart_signal written`,
            message`${left(repair.untilAt, now)} left for a process to consume it`,
          ]
        : [
            policy.recoveryThreshold - repair.good === 1
              ? message`fix done, waiting for ${1} good check`
              : message`fix done, waiting for ${policy.recoveryThreshold - repair.good} good checks`,
            message`${left(repair.untilAt, now)} left`,
          ];
    case 'deferred':
      return [because, blockerText(target.blockedBy, now)];
    case 'waiting':
      return [because, message`next attempt in ${left(repair.untilAt, now)}`];
    case 'held':
      return repair.reason === 'port_taken'
        ? [
            message`held: ${seen}`,
            message`agent2 does not kill it: stop it, then healing continues`,
          ]
        : repair.reason === 'elsewhere'
          ? [
              message`held (${because})`,
              message`a restart does not mend that: it recovers with its cause`,
              repair.nextAttemptAt === Infinity
                ? advice.restart
                : message`next attempt in ${left(repair.nextAttemptAt, now)}, ${advice.restart}`,
            ]
          : target.blockedBy && (repair.nextAttemptAt <= now || repair.nextAttemptAt === Infinity)
            ? [message`held (${because})`, blockerText(target.blockedBy, now)]
            : [
                message`held (${because})`,
                message`next attempt in ${left(repair.nextAttemptAt, now)}, ${advice.restart}`,
              ];
    case 'idle':
      break;
  }
  if (health.level === 'down')
    return health.successes > 0
      ? [message`recovering: ${health.successes} of ${policy.recoveryThreshold} good checks`]
      : isRestrained(target, now, advice)
        ? [because]
        : [
            because,
            askedToWaitUntil(target) > now
              ? message`waits ${left(askedToWaitUntil(target), now)} as the service asked (Retry-After)`
              : message`checking again`,
          ];
  if (health.failures > 0 && toldText(target, presentCause(target)) !== undefined)
    return [joined([presentCause(target), seen], message`: `)];
  if (health.failures > 0)
    return [message`${health.failures} of ${policy.failureThreshold} failures: ${seen}`];
  const [warned] = target.warned;
  if (warned && target.lastCheck?.observation.kind === 'ok')
    return warned.kind === 'slow'
      ? [messageOf('reason')`slow: ${warned.text}`, message`never a reason to restart`]
      : [message`warning: ${warned.text}`, message`never a reason to restart`];
  if (target.lastCheck === undefined) return [message`first check running`];
  if (health.level === 'unknown') return [message`starting`];
  return health.level === 'ok'
    ? [message`healthy`]
    : [message`${health.successes} of ${policy.recoveryThreshold} good checks`];
}

/** The rest of the line names what prevents healing. */
function isRestrained(target: TargetState, now: number, advice: Advice): boolean {
  return healingRestraint(target, advice) !== undefined || grace(target, now) !== undefined;
}

/** The blocker of a target that needs a fix. */
export function blockerText(blockedBy: Blocker | undefined, now: number): Text {
  switch (blockedBy?.reason) {
    case 'dependency':
      return blockedBy.paused
        ? message`not restarted: it depends on ${blockedBy.target}, which is paused`
        : message`not restarted: it depends on ${blockedBy.target}, which is not healthy; ${blockedBy.target} comes first`;
    case 'chain':
      return message`its fix waits for the fix of ${blockedBy.target}: one at a time in a chain of dependencies`;
    case 'unseen':
      return message`its fix waits for a check of ${blockedBy.target}, which it depends on`;
    case 'heal budget':
      return message`its fix waits ${left(blockedBy.untilAt, now)}: the heal budget of all targets is used up`;
    case 'suspicion':
      return message`its fix waits for a check of the other targets: several turned bad together`;
    case 'canary':
      return message`${blockedBy.bad} of ${blockedBy.of} targets turned bad together, and its restart did not help`;
    case 'common_cause':
      return commonCauseText(blockedBy);
    case undefined:
      return message`its fix is next`;
  }
}

function commonCauseText(blockedBy: Extract<Blocker, {reason: 'common_cause'}>): Text {
  switch (blockedBy.step) {
    case 'canary':
      return message`its fix waits for that of ${blockedBy.target}: many targets turned bad together, and ${blockedBy.target} is tried first`;
    case 'following':
      return message`its fix waits for that of ${blockedBy.target}: one at a time, since many targets turned bad together`;
    case 'held':
      return message`many targets turned bad together, and a restart of ${blockedBy.target} did not help`;
  }
}

/** How long start grace still delays a fix; undefined where it delays none. */
export function grace(target: TargetState, now: number): Text | undefined {
  const {graceUntil, repair, incident} = target;
  if (
    graceUntil === undefined ||
    graceUntil <= now ||
    whyNotAllowed(target) !== undefined ||
    repair.step !== 'idle' ||
    toldText(target, presentCause(target)) !== undefined ||
    (!incident && target.health.level !== 'unknown')
  )
    return undefined;
  return message`start grace, ${left(graceUntil, now)} left`;
}

/** What prevents healing; undefined when nothing does. `notFor` counts only during an incident. */
export function healingRestraint(target: TargetState, advice: Advice): Text | undefined {
  const restraint = target.settings.traits.heals ? whyNotAllowed(target) : 'no fix';
  const spared = sparedFor(target);
  if (target.incident?.cause === 'stopped_on_purpose')
    return message`not healed: ${STOPPED_ADVICE}`;
  if (restraint === undefined && spared !== undefined && target.incident)
    return message`not healed: a restart does not fix ${spared} (notFor)`;
  if (restraint !== 'observing' && restraint !== 'paused' && target.repair.step === 'idle') {
    const told = toldText(target, presentCause(target));
    if (told !== undefined) return told;
  }
  switch (restraint) {
    case 'observing':
      return message`observe only: not healed (${advice.heal})`;
    case 'no fix':
      return withoutRestart(target.settings);
    default:
      return undefined;
  }
}

function budget(target: TargetState, now: number): Text | undefined {
  if (target.paused || whyNotAllowed(target) !== undefined) return undefined;
  if (toldText(target, presentCause(target)) !== undefined) return undefined;
  const {count, windowMs} = target.policy.budget;
  return message`${budgetUsed(target, now)} of ${count} restarts used in ${span(windowMs)}`;
}
