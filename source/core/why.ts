import {leadingFault} from './diagnosis.ts';
import {besideIt} from './evidence.ts';
import {backoffLevel, backoffMs, budgetUsed, sparedFor, whyNotAllowed} from './repair.ts';
import {say} from './say.ts';
import {left, span} from './span.ts';
import type {Deference, TargetState} from './state.ts';

/** The reason for whatever is done or not done, in one line. */
export function whyLine(target: TargetState, now: number): string {
  const refusal = freshRefusal(target, now);
  if (refusal !== undefined) return refusal;
  return [headline(target, now), grace(target, now), allowance(target), budget(target, now)].filter(Boolean).join('; ');
}

/** The same at length, a line each: what is seen, what was decided, what comes next. */
export function whyStory(target: TargetState, now: number): readonly string[] {
  const {incident, policy, health} = target;
  const level = backoffLevel(target, now);
  return [
    headline(target, now),
    ...(incident ? [`incident: open for ${span(now - incident.startedAt)}, ${incident.fixes} ${incident.fixes === 1 ? 'fix' : 'fixes'} so far${incident.cause ? `, cause: ${incident.cause}` : ''}`] : []),
    ...(incident?.faults ?? []).map(fault => `seen: ${fault.text}`),
    ...(incident?.evidence?.found ?? []).map(found => `found beside it: ${found}`),
    `verdict: down after ${policy.failureThreshold} failed in a row, ok after ${policy.recoveryThreshold} good in a row; now ${health.failures} failed, ${health.successes} good`,
    ...(grace(target, now) ? [`grace: ${grace(target, now)} before failures are acted on`] : []),
    `backoff: ${level} recent ${level === 1 ? 'attempt' : 'attempts'}; the next one would wait ${span(backoffMs(level, policy))} after the last`,
    `budget: ${budgetUsed(target, now)} of ${policy.budget.count} fixes used within ${span(policy.budget.windowMs)}`,
    allowance(target) ?? `healing: on, by ${target.settings.fix}`,
  ];
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
  return grace(target, now) !== undefined || repair.step === 'waiting' || repair.step === 'settling' || (repair.step === 'deferred' && target.deference?.reason === 'heal budget') || repair.step === 'verifying' || (repair.step === 'held' && repair.reason === 'budget');
}

function headline(target: TargetState, now: number): string {
  const {repair, health, incident, policy, settings} = target;
  if (target.paused) return target.pausedUntil === undefined ? say`paused: neither probed nor healed; p resumes` : say`paused for ${left(target.pausedUntil, now)} more; p resumes`;
  const seen = leadingFault(incident?.faults ?? [], settings.local)?.text ?? '';
  const because = [incident?.cause, seen].filter(Boolean).join(': ') + besideIt(incident?.evidence);
  switch (repair.step) {
    case 'looking':
      return `${seen}; looking again`;
    case 'settling':
      return `${seen}; maybe somebody else's restart, ${left(repair.untilAt, now)} left to see`;
    case 'fixing':
      return `${repair.attempt.action === 'continue' ? 'continuing it' : 'restarting'} (${repair.attempt.manual ? 'you asked for it' : because})`;
    case 'verifying':
      return repair.attempt.awaiting
        ? `restart signal written; ${left(repair.untilAt, now)} left for somebody to take it`
        : `fix done, waiting for ${policy.recoveryThreshold - repair.good} good ${policy.recoveryThreshold - repair.good === 1 ? 'check' : 'checks'}; ${left(repair.untilAt, now)} left`;
    case 'deferred':
      return `${because}; ${deferenceText(target.deference, now)}`;
    case 'waiting':
      return `${because}; next attempt in ${left(repair.untilAt, now)}`;
    case 'held':
      return repair.reason === 'port_taken'
        ? `held: ${seen}; never killed: stop it, then healing goes on`
        : target.deference && repair.nextAttemptAt <= now
          ? `held (${because}); ${deferenceText(target.deference, now)}`
          : `held (${because}); next attempt in ${left(repair.nextAttemptAt, now)}, r restarts now`;
    case 'idle':
      break;
  }
  if (health.level === 'down') return health.successes > 0 ? `recovering: ${health.successes} of ${policy.recoveryThreshold} good checks` : isRestrained(target, now) ? because : `${because}; checking again`;
  if (health.failures > 0) return `${health.failures} of ${policy.failureThreshold} failures: ${seen}`;
  const [warned] = target.warned;
  if (warned && target.lastCheck?.observation.kind === 'ok') return `${warned.kind === 'slow' ? 'slow' : 'warning'}: ${warned.text}; never a reason to restart`;
  if (target.lastCheck === undefined) return 'first check under way';
  if (health.level === 'unknown') return 'starting';
  return health.level === 'ok' ? 'healthy' : `${health.successes} of ${policy.recoveryThreshold} good checks`;
}

/** The rest of the line says what keeps it from being healed. */
function isRestrained(target: TargetState, now: number): boolean {
  return allowance(target) !== undefined || grace(target, now) !== undefined;
}

/** What a target that needs a fix waits for. */
export function deferenceText(deference: Deference | undefined, now: number): string {
  switch (deference?.reason) {
    case 'dependency':
      return `not restarted: it depends on ${deference.target}, which is not well; ${deference.target} comes first`;
    case 'chain':
      return `its fix waits for that of ${deference.target}: one at a time in a chain of dependencies`;
    case 'heal budget':
      return `its fix waits ${left(deference.untilAt, now)}: the heal budget of all targets is used up`;
    case undefined:
      return 'its fix is next';
  }
}

function grace(target: TargetState, now: number): string | undefined {
  const {graceUntil, repair, incident} = target;
  if (graceUntil === undefined || graceUntil <= now || whyNotAllowed(target) !== undefined || repair.step !== 'idle' || (!incident && target.health.level !== 'unknown')) return undefined;
  return `start grace, ${left(graceUntil, now)} left`;
}

/** What keeps agent2 from healing, where that matters: always when observing, and when something is wrong. */
function allowance(target: TargetState): string | undefined {
  const restraint = target.settings.fix === 'none' ? 'no fix' : whyNotAllowed(target);
  const spared = sparedFor(target);
  if (restraint === undefined && spared !== undefined && target.incident) return `not healed: a restart does not mend ${spared} (notFor)`;
  switch (restraint) {
    case 'observing':
      return 'observe only: not healed (o heals)';
    case 'no fix':
      return "nothing to restart it with: give --restart 'CMD' or -- CMD";
    default:
      return undefined;
  }
}

function budget(target: TargetState, now: number): string | undefined {
  if (target.paused || whyNotAllowed(target) !== undefined) return undefined;
  const {count, windowMs} = target.policy.budget;
  return `budget ${budgetUsed(target, now)}/${count} in ${span(windowMs)}`;
}
