import {leadingFault} from './diagnosis.ts';
import {besideIt} from './evidence.ts';
import {backoffLevel, backoffMs, budgetUsed, sparedFor, whyNotAllowed} from './repair.ts';
import {say} from './text/say.ts';
import {left, span} from './text/span.ts';
import type {Blocker, Incident, TargetState} from './model/state.ts';
import {commandWays, type Ways} from './ways.ts';

/** The reason for whatever is done or not done, in one line; `ways` say what the reader can do about it. */
export function whyLine(
  target: TargetState,
  now: number,
  ways: Ways = commandWays(target.settings.name),
): string {
  const refusal = freshRefusal(target, now);
  if (refusal !== undefined) return refusal;
  return [
    headline(target, now, ways),
    grace(target, now),
    allowance(target, ways),
    budget(target, now),
  ]
    .filter(Boolean)
    .join(say`; `);
}

/** The same at length, a line each: what is seen, what was decided, what comes next. */
export function whyStory(
  target: TargetState,
  now: number,
  ways: Ways = commandWays(target.settings.name),
): readonly string[] {
  const {incident, policy, health} = target;
  const level = backoffLevel(target, now);
  return [
    headline(target, now, ways),
    ...(incident ? [incidentText(incident, now)] : []),
    ...(incident?.faults ?? []).map(fault => say`seen: ${fault.text}`),
    ...(incident?.evidence?.found ?? []).map(found => say`found beside it: ${found}`),
    say`verdict: down after ${policy.failureThreshold} failed in a row, ok after ${policy.recoveryThreshold} good in a row; now ${health.failures} failed, ${health.successes} good`,
    ...(grace(target, now)
      ? [say`grace: ${grace(target, now) ?? ''} before failures are acted on`]
      : []),
    level === 1
      ? say`backoff: ${level} recent attempt; the next one would wait ${span(backoffMs(level, policy))} after the last`
      : say`backoff: ${level} recent attempts; the next one would wait ${span(backoffMs(level, policy))} after the last`,
    say`budget: ${budgetUsed(target, now)} of ${policy.budget.count} fixes used within ${span(policy.budget.windowMs)}`,
    allowance(target, ways) ?? say`healing: on, by ${target.settings.fix}`,
  ];
}

function incidentText({startedAt, fixes, cause}: Incident, now: number): string {
  const open = span(now - startedAt);
  const soFar =
    fixes === 1
      ? say`incident: open for ${open}, ${fixes} fix so far`
      : say`incident: open for ${open}, ${fixes} fixes so far`;
  return cause ? say`${soFar}, cause: ${cause}` : soFar;
}

/** How long a refusal is shown. */
const REFUSAL_MS = 10_000;

function freshRefusal({lastRefusal}: TargetState, now: number): string | undefined {
  return lastRefusal && now - lastRefusal.at < REFUSAL_MS ? lastRefusal.text : undefined;
}

/** Whether the line shows a time that shrinks, so that a screen must redraw it. */
export function whyCountsDown(target: TargetState, now: number): boolean {
  const {repair} = target;
  if (freshRefusal(target, now) !== undefined) return true;
  if (target.paused) return target.pausedUntil !== undefined;
  return (
    grace(target, now) !== undefined ||
    repair.step === 'waiting' ||
    repair.step === 'settling' ||
    (repair.step === 'deferred' && target.blockedBy?.reason === 'heal budget') ||
    repair.step === 'verifying' ||
    (repair.step === 'held' && repair.reason === 'budget')
  );
}

/** Whether the line stays as it is until something happens to the target; false where that would be tedious to tell. */
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

function headline(target: TargetState, now: number, ways: Ways): string {
  const {repair, health, incident, policy, settings} = target;
  if (target.paused)
    return target.pausedUntil === undefined
      ? say`paused: neither probed nor healed; ${ways.resume}`
      : say`paused for ${left(target.pausedUntil, now)} more; ${ways.resume}`;
  const seen = leadingFault(incident?.faults ?? [], settings.local)?.text ?? '';
  const because =
    [incident?.cause, seen].filter(Boolean).join(say`: `) + besideIt(incident?.evidence);
  switch (repair.step) {
    case 'looking':
      return say`${seen}; looking again`;
    case 'settling':
      return say`${seen}; maybe somebody else's restart, ${left(repair.untilAt, now)} left to see`;
    case 'fixing':
      return repair.attempt.action === 'continue'
        ? say`continuing it (${repair.attempt.manual ? say`you asked for it` : because})`
        : say`restarting (${repair.attempt.manual ? say`you asked for it` : because})`;
    case 'verifying':
      return repair.attempt.awaiting
        ? say`restart signal written; ${left(repair.untilAt, now)} left for somebody to take it`
        : policy.recoveryThreshold - repair.good === 1
          ? say`fix done, waiting for ${1} good check; ${left(repair.untilAt, now)} left`
          : say`fix done, waiting for ${policy.recoveryThreshold - repair.good} good checks; ${left(repair.untilAt, now)} left`;
    case 'deferred':
      return say`${because}; ${blockerText(target.blockedBy, now)}`;
    case 'waiting':
      return say`${because}; next attempt in ${left(repair.untilAt, now)}`;
    case 'held':
      return repair.reason === 'port_taken'
        ? say`held: ${seen}; never killed: stop it, then healing goes on`
        : target.blockedBy && repair.nextAttemptAt <= now
          ? say`held (${because}); ${blockerText(target.blockedBy, now)}`
          : say`held (${because}); next attempt in ${left(repair.nextAttemptAt, now)}, ${ways.restart}`;
    case 'idle':
      break;
  }
  if (health.level === 'down')
    return health.successes > 0
      ? say`recovering: ${health.successes} of ${policy.recoveryThreshold} good checks`
      : isRestrained(target, now, ways)
        ? because
        : say`${because}; checking again`;
  if (health.failures > 0)
    return say`${health.failures} of ${policy.failureThreshold} failures: ${seen}`;
  const [warned] = target.warned;
  if (warned && target.lastCheck?.observation.kind === 'ok')
    return warned.kind === 'slow'
      ? say`slow: ${warned.text}; never a reason to restart`
      : say`warning: ${warned.text}; never a reason to restart`;
  if (target.lastCheck === undefined) return say`first check under way`;
  if (health.level === 'unknown') return say`starting`;
  return health.level === 'ok'
    ? say`healthy`
    : say`${health.successes} of ${policy.recoveryThreshold} good checks`;
}

/** The rest of the line says what keeps it from being healed. */
function isRestrained(target: TargetState, now: number, ways: Ways): boolean {
  return allowance(target, ways) !== undefined || grace(target, now) !== undefined;
}

/** What a target that needs a fix waits for. */
export function blockerText(blockedBy: Blocker | undefined, now: number): string {
  switch (blockedBy?.reason) {
    case 'dependency':
      return say`not restarted: it depends on ${blockedBy.target}, which is not well; ${blockedBy.target} comes first`;
    case 'chain':
      return say`its fix waits for that of ${blockedBy.target}: one at a time in a chain of dependencies`;
    case 'unseen':
      return say`its fix waits for a look at ${blockedBy.target}, which it depends on`;
    case 'heal budget':
      return say`its fix waits ${left(blockedBy.untilAt, now)}: the heal budget of all targets is used up`;
    case undefined:
      return say`its fix is next`;
  }
}

function grace(target: TargetState, now: number): string | undefined {
  const {graceUntil, repair, incident} = target;
  if (
    graceUntil === undefined ||
    graceUntil <= now ||
    whyNotAllowed(target) !== undefined ||
    repair.step !== 'idle' ||
    (!incident && target.health.level !== 'unknown')
  )
    return undefined;
  return say`start grace, ${left(graceUntil, now)} left`;
}

/** What keeps agent2 from healing, where that matters: always when observing, and when something is wrong. */
function allowance(target: TargetState, ways: Ways): string | undefined {
  const restraint = target.settings.traits.heals ? whyNotAllowed(target) : 'no fix';
  const spared = sparedFor(target);
  if (restraint === undefined && spared !== undefined && target.incident)
    return say`not healed: a restart does not mend ${spared} (notFor)`;
  switch (restraint) {
    case 'observing':
      return say`observe only: not healed (${ways.heal})`;
    case 'no fix':
      return say`nothing to restart it with: give --restart 'CMD' or -- CMD`;
    default:
      return undefined;
  }
}

function budget(target: TargetState, now: number): string | undefined {
  if (target.paused || whyNotAllowed(target) !== undefined) return undefined;
  const {count, windowMs} = target.policy.budget;
  return say`budget ${budgetUsed(target, now)}/${count} in ${span(windowMs)}`;
}
