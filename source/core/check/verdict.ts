import {askedOf, causeText, diagnose, isHard, isSome, leadingFault} from './diagnosis.ts';
import type {Failure, Failures} from '../model/fault.ts';
import {act} from '../fix/fixing.ts';
import {markDown, resetStreaks} from './health.ts';
import {STOPPED_ADVICE} from '../advice.ts';
import type {Cause} from '../model/cause.ts';
import {judgeRelapsed} from '../fix/ledger.ts';
import {chain, notify, type Step} from '../notice.ts';
import type {ProbeResult} from '../model/observation.ts';
import {askedToWaitUntil, isOnlyTold, toldText} from '../fix/limits.ts';
import {mayContinue, sparedFor, whyNotAllowed} from '../fix/repair.ts';
import {continued, tellDown} from '../fix/crash-loop.ts';
import {startGraceMs} from '../fix/start-grace.ts';
import {withoutWaste} from '../fix/waste.ts';
import {awaitManager, isBeingRestarted, isFirstSight, maybeRestart, settle} from './settling.ts';
import type {Text} from '../model/text.ts';
import {joined, message} from '../text/message.ts';
import {left} from '../text/span.ts';
import type {TargetState} from '../model/target.ts';
import {newIncident, withFaults} from '../fix/incident.ts';
import {isReplaced, isRestarted, lastSeen, withReadings, type LastSeen} from '../readings.ts';
import {observeUptime} from './uptime.ts';
import {warnedBeside} from './warnings.ts';
import {verifyFaults} from '../fix/verification.ts';

/** Turns evidence into a verdict: soft evidence by threshold, hard evidence by a second inspection. */

const CONFIRM_MS = 100;
/** The pause after an inspection that could not see the process. */
const REINSPECT_MS = 1_000;

/** A failed check without hard evidence: logs the first failure, gives a verdict at the threshold. */
export function softEvidence(target: TargetState, faults: Failures, at: number): Step {
  const {failures, level, flapping} = target.health;
  if (level === 'down') return verdict(target, faults, false, at);
  // Of a target that flaps, one notice says so.
  if (failures > 1 || flapping) return [target, []];
  const text = message`failure ${failures} of ${target.policy.failureThreshold}: ${leadingFault(faults, askedOf(target))?.text ?? ''}`;
  return notify(target, {at, level: 'warning', kind: 'warn', text});
}

/** Hard evidence outside of a fix: waits the settle time, or inspects again. For agent2's own child the inspection comes at once, and only finds the owner of the port. */
export function hardEvidence(target: TargetState, faults: Failures, at: number): Step {
  const {repair, readings} = target;
  switch (repair.step) {
    case 'looking':
    case 'settling':
    case 'fixing':
    case 'verifying':
      return [target, []];
    case 'waiting':
    case 'deferred':
    case 'held':
      return verdict(target, faults, wasAlive(target), at);
    case 'idle': {
      if (isBeingRestarted(target, faults, at)) return awaitManager(target, faults, false, at);
      if (maybeRestart(target, faults, at)) return settle(target, at);
      const ownChild = readings.process?.state === 'gone' && readings.process.via === 'child';
      return [{...target, repair: {step: 'looking', at: ownChild ? at : at + CONFIRM_MS}}, []];
    }
  }
}

/** Applies what the watch saw or, with `asked`, what an `inspect` found. */
export function looked(target: TargetState, result: ProbeResult, asked: boolean, at: number): Step {
  const before = lastSeen(target);
  const next = withReadings(target, result.readings, at);
  const faults = result.faults.filter(isHard);
  switch (next.repair.step) {
    case 'fixing':
      return [next, []];
    case 'verifying':
      return isSome(faults) ? verifyFaults(next, faults, at) : [next, []];
    case 'looking':
      if (asked) return concluded(next, result, faults, before, at);
      return faults.length > 0 ? [withFaults(next, faults, at), []] : cleared(next, before, at);
    case 'settling':
      return faults.length > 0 ? [withFaults(next, faults, at), []] : cleared(next, before, at);
    case 'held':
      // The watch does not see ports: only an inspection shows that the stranger has left.
      if (next.repair.reason === 'port_taken' && !asked && isSome(faults)) return [next, []];
      return isSome(faults)
        ? hardEvidence(withFaults(next, faults, at), faults, at)
        : noteReplacement(next, before, at);
    default:
      if (isSome(faults) && !asked && isFirstSight(next)) return [next, []];
      if (isSome(faults)) return hardEvidence(withFaults(next, faults, at), faults, at);
      return chain(next, target => noteReplacement(target, before, at));
  }
}

/** Applies the requested inspection: confirms the evidence, or clears it. */
function concluded(
  target: TargetState,
  result: ProbeResult,
  faults: readonly Failure[],
  before: LastSeen,
  at: number,
): Step {
  // An inspection that could not see the process proves nothing about it.
  if (!isSome(faults) && result.readings.process === undefined)
    return [{...target, repair: {step: 'looking', at: at + REINSPECT_MS}}, []];
  if (!isSome(faults)) return cleared(target, before, at);
  const told = target.incident?.faults.some(({kind}) => kind === 'being_restarted') ?? false;
  const seenAlive = wasAlive(target);
  return chain(
    withFaults({...target, repair: {step: 'idle'}}, faults, at),
    // No check may follow before the fix.
    target => warnedBeside(target, result, at),
    target => {
      if (isBeingRestarted(target, faults, at)) return awaitManager(target, faults, told, at);
      if (maybeRestart(target, faults, at)) return settle(target, at);
      return verdict(target, faults, seenAlive, at);
    },
  );
}

/** The target is down: logs it once, then follows the plan. `seenAlive`: the evidence is against a known process. */
function verdict(target: TargetState, faults: Failures, seenAlive: boolean, at: number): Step {
  const cause = diagnose(faults, askedOf(target));
  const incident = target.incident ?? newIncident(target, faults, at);
  const {local} = target.settings;
  const seen = leadingFault(faults, askedOf(target))?.text ?? '';
  const text = message`down: ${causeText(cause, faults, local)}: ${seen}${restraint(target, cause, seenAlive, at)}`;
  const judged = incident.down
    ? target
    : continued(
        withoutWaste(judgeRelapsed(target, cause, at), incident.startedAt),
        incident,
        cause,
      );
  const open = judged.incident ?? incident;
  const down: TargetState = {
    ...judged,
    incident: {...open, cause, down: true, began: open.began ?? {cause, faults}},
    healthySince: undefined,
    lastRefusal: incident.down ? target.lastRefusal : undefined,
    uptime: observeUptime(target.uptime, target.health, at),
    health: markDown(target.health, at),
    // Earlier answers of a dead or stopped process are outdated.
    readings: faults.some(fault => fault.probe === 'process')
      ? {...target.readings, api: undefined}
      : target.readings,
  };
  const waiting =
    target.repair.step === 'waiting' && cause !== 'port_taken' && !mayContinue(down, cause, at);
  return chain(
    down,
    target =>
      incident.down
        ? noMoreHealing(target, incident.cause, text, at)
        : tellDown(target, text, at, cause === 'stopped_on_purpose' ? 'warning' : 'error'),
    target => (waiting ? [target, []] : act(target, cause, seenAlive, at)),
    target => [target, [{type: 'write-status'}]],
  );
}

/** A log line promised a restart after the start grace, and the answer now says that none will come. `text` is the verdict's. */
function noMoreHealing(
  target: TargetState,
  before: Cause | undefined,
  text: Text,
  at: number,
): Step {
  const {graceUntil, incident} = target;
  const isPromised = graceUntil !== undefined && at < graceUntil && before !== undefined;
  if (!isPromised || isOnlyTold(target, before) || !isOnlyTold(target, incident?.cause ?? before))
    return [target, []];
  return notify(target, {at, level: 'error', kind: 'change', text: message`still ${text}`});
}

/** Why nothing follows the verdict for now, as the end of the log sentence. */
function restraint(target: TargetState, cause: Cause, seenAlive: boolean, at: number): Text {
  if (cause === 'stopped_on_purpose') return message`; not healed: ${STOPPED_ADVICE}`;
  const spared = sparedFor(target);
  switch (whyNotAllowed(target)) {
    case 'observing':
      return message`; not healed: observe only`;
    case 'no fix':
      return message`; not healed: no restart is configured`;
    default:
      if (spared !== undefined) return message`; not healed: a restart does not fix ${spared}`;
      if (isOnlyTold(target, cause)) return joined([message`; `, toldText(target, cause)]);
      if (askedToWaitUntil(target) > at)
        return message`; waits ${left(askedToWaitUntil(target), at)} as the service asked (Retry-After)`;
      return target.graceUntil !== undefined && at < target.graceUntil && !seenAlive
        ? message`; start grace: healing waits ${left(target.graceUntil, at)}`
        : '';
  }
}

/** The evidence is gone: the process lives, or another one replaced it. The next check decides the rest. */
function cleared(target: TargetState, before: LastSeen, at: number): Step {
  const idle: TargetState = {
    ...target,
    repair: {step: 'idle'},
    check: target.check.state === 'running' ? target.check : {state: 'idle', dueAt: at, tries: 0},
  };
  const process = target.incident?.process;
  const isOther = process !== undefined && isReplaced(process, before.process);
  return noteReplacement(idle, isOther ? {process} : before, at);
}

/**
 * Another process replaced the known one without a fix: gives it start grace and resets the counters. One that was there all the time gets
 * neither, and is told unless this is the first sight of the target.
 */
export function noteReplacement(
  target: TargetState,
  {process: before, ...seen}: LastSeen,
  at: number,
): Step {
  const ours = target.repair.step === 'fixing' || target.repair.step === 'verifying';
  if (ours || !isReplaced(before, target.process)) return [target, []];
  const incident = target.incident && {...target.incident, process: target.process};
  const reading = target.readings.process;
  // A child of agent2 is never restarted by somebody else.
  const isChild = reading !== undefined && 'via' in reading && reading.via === 'child';
  if (!isChild && !isRestarted(seen, target.readings))
    return notify(
      {...target, incident},
      {
        at,
        level: target.health.totalChecks === 0 ? 'debug' : 'info',
        kind: target.health.totalChecks === 0 ? 'check' : 'change',
        text: message`process ${String(target.process?.pid)}, not ${String(before?.pid)}, is the service`,
      },
    );
  const restarted: TargetState = {
    ...target,
    // A check that began earlier may still describe the old process.
    epoch: target.epoch + 1,
    check: {state: 'idle', dueAt: at, tries: 0},
    repair: target.repair.step === 'held' ? target.repair : {step: 'idle'},
    graceUntil: at + startGraceMs(target),
    health: resetStreaks(target.health),
    incident,
  };
  const [told, effects] = notify(restarted, {
    at,
    level: 'info',
    kind: 'change',
    text: isChild
      ? message`process ${String(before?.pid)} runs on in the background as process ${String(target.process?.pid)}`
      : message`restarted externally: process ${String(before?.pid)} became ${String(target.process?.pid)}`,
  });
  return [told, [{type: 'cancel-check', target: target.settings.name}, ...effects]];
}

/** The process was known alive, so no start is under way that needs grace. */
function wasAlive(target: TargetState): boolean {
  return target.process !== undefined;
}
