import {RETRY_PAUSE_MS} from '../model/policy.ts';
import type {CommonCause, State} from '../model/state.ts';
import type {Blocker, TargetState} from '../model/target.ts';
import {isBeingFixed, isWatched} from '../phase.ts';
import {MAX_HOLD_MS} from '../fix/waste.ts';
import {placesWhere, targetAt} from '../target-tree.ts';
import {findTarget, withTarget, type Change} from '../targets.ts';
import {chooseCanary, isOpen, openMembers, turnedBad} from './members.ts';

/**
 * When at least three targets, and more than half of those not held, turn bad within one interval, the cause is likely the machine: agent2 restarts
 * one of them, the canary. When that helps, it restarts the others one at a time; when not, it holds them all.
 */

const LEAST = 3;
/** Of more targets, a sample tells whether most are bad. */
const MOST_ASKED = 16;

/** The canary is tried again after this time, then after twice as long: a restart has just proved to be of no use. */
const FIRST_HOLD_MS = 10 * 60_000;

/** Applies what an event changed. A suspicion makes the other targets' checks due, so that it is settled before the first restart. */
export function withCommonCause(state: State, changes: readonly Change[], at: number): State {
  const before = state.commonCause;
  const after = state.brake === undefined ? nextOf(state, changes, at) : undefined;
  if (after === before) return state;
  const {commonCause: _, ...rest} = state;
  if (after === undefined) return rest;
  const next: State = {...rest, commonCause: after};
  return after.step === 'suspected'
    ? after.asked.reduce((state, place) => checkedNow(state, place, at), next)
    : next;
}

/** Why a member of a common cause must not be fixed now. */
export function commonCauseBlocker(
  {commonCause}: Pick<State, 'commonCause'>,
  {incident, settings: {name}}: TargetState,
  at: number,
): Blocker | undefined {
  if (!commonCause || !incident || incident.startedAt < commonCause.from) return undefined;
  const reason = 'common_cause';
  switch (commonCause.step) {
    case 'suspected': {
      const {untilAt} = commonCause;
      return at < untilAt ? {reason: 'suspicion', untilAt} : undefined;
    }
    case 'held': {
      const {step, turn, nextAttemptAt, bad, of} = commonCause;
      if (name !== turn) return {reason, step, target: turn};
      return at < nextAttemptAt ? {reason: 'canary', untilAt: nextAttemptAt, bad, of} : undefined;
    }
    default: {
      const {step, turn} = commonCause;
      return turn === undefined || name === turn ? undefined : {reason, step, target: turn};
    }
  }
}

/** Whether a target that turns bad now may be the second one within an interval, so that its fix must wait for the checks of others. */
export function foreseenSuspicion(
  {brake, commonCause, targets}: State,
  target: TargetState,
  at: number,
): Blocker | undefined {
  if (brake === false || target.incident) return undefined;
  const {badSince, watched} = targets.tree.root.digest;
  const from = at - windowMs(target);
  if (commonCause?.step === 'canary' || commonCause?.step === 'held')
    return {reason: 'common_cause', step: commonCause.step, target: commonCause.turn};
  return watched >= LEAST && badSince >= from
    ? {reason: 'suspicion', untilAt: at + windowMs(target)}
    : undefined;
}

/** The times of two first failures of one cause differ by no more. */
function windowMs({policy: {intervalMs, timeoutMs}}: TargetState): number {
  return intervalMs + timeoutMs;
}

function nextOf(state: State, changes: readonly Change[], at: number): CommonCause | undefined {
  const now = state.commonCause;
  if (now === undefined) return begun(state, changes, at);
  if (now.step === 'suspected') return settled(state, now, at);
  const known = now.turn !== undefined && findTarget(state, now.turn) === undefined;
  if (!known && !changes.some(isTurn)) return now;
  switch (now.step) {
    case 'canary':
      return afterCanary(state, now, changes, at);
    case 'following':
      return following(state, now.from, now.turn, changes, at);
    case 'held':
      return afterHold(state, now, changes, at);
  }
}

function begun(state: State, changes: readonly Change[], at: number): CommonCause | undefined {
  if (state.targets.tree.root.digest.watched < LEAST) return undefined;
  const first = changes.filter(({was, is}) => is.incident && !was?.incident);
  if (first.length === 0) return undefined;
  const from = Math.min(...first.map(({is}) => at - windowMs(is)));
  const bad = turnedBad(state, from);
  if (bad.length < 2) return undefined;
  return formed(state, bad.length, from) ?? suspected(state, bad, from, at);
}

/** Undefined while too few are bad, or none of them may be fixed. */
function formed(state: State, bad: number, from: number): CommonCause | undefined {
  if (bad < LEAST || bad * 2 <= state.targets.tree.root.digest.watched) return undefined;
  return withCanary(state, from);
}

function withCanary(state: State, from: number): CommonCause | undefined {
  const turn = chooseCanary(state, from);
  return turn === undefined ? undefined : {step: 'canary', from, turn, waitMs: 0};
}

function suspected(
  state: State,
  bad: readonly number[],
  from: number,
  at: number,
): CommonCause | undefined {
  const others = placesWhere(state.targets.tree, ({watched}) => watched > 0).filter(
    place => !bad.includes(place),
  );
  const count = Math.min(MOST_ASKED, others.length);
  const asked = Array.from(
    {length: count},
    (_, index) => others[Math.floor((index * others.length) / count)] ?? 0,
  );
  const longest = Math.max(
    ...asked.map(place => {
      const {timeoutMs = 0, retries = 0} = targetAt(state.targets.tree, place)?.policy ?? {};
      return (retries + 1) * (timeoutMs + RETRY_PAUSE_MS);
    }),
  );
  return {step: 'suspected', from, since: at, asked, untilAt: at + longest};
}

/** A suspicion ends when most targets are bad, when all asked ones were checked, or with its time. */
function settled(
  state: State,
  now: Extract<CommonCause, {step: 'suspected'}>,
  at: number,
): CommonCause | undefined {
  const bad = turnedBad(state, now.from);
  const common = formed(state, bad.length, now.from);
  if (common) return common;
  const open = now.asked.some(place => {
    const target = targetAt(state.targets.tree, place);
    return (
      target &&
      isWatched(target) &&
      !target.incident &&
      (target.lastCheck?.at ?? -Infinity) < now.since
    );
  });
  if (open && at < now.untilAt) return now;
  const badOfAsked = now.asked.filter(place => bad.includes(place)).length;
  return bad.length >= LEAST && badOfAsked * 2 > now.asked.length
    ? withCanary(state, now.from)
    : undefined;
}

function checkedNow(state: State, place: number, at: number): State {
  const target = targetAt(state.targets.tree, place);
  if (
    !target ||
    target.check.state !== 'idle' ||
    target.check.dueAt <= at ||
    isBeingFixed(target.repair)
  )
    return state;
  return withTarget(state, {...target, check: {...target.check, dueAt: at}});
}

/** Whether a change may pass the turn on or end the common cause. */
function isTurn({was, is}: Change): boolean {
  return (
    was === undefined ||
    (was.incident === undefined) !== (is.incident === undefined) ||
    was.repair.step !== is.repair.step ||
    was.paused !== is.paused ||
    was.observing !== is.observing
  );
}

function afterCanary(
  state: State,
  now: Extract<CommonCause, {step: 'canary'}>,
  changes: readonly Change[],
  at: number,
): CommonCause | undefined {
  const canary = findTarget(state, now.turn);
  if (canary && !canary.incident && !isBeingFixed(canary.repair))
    return following(state, now.from, undefined, changes, at);
  if (!canary || !isOpen(canary)) {
    const turn = chooseCanary(state, now.from);
    return turn === undefined ? undefined : {...now, turn};
  }
  if (!failedOf(canary, changes)) return now;
  const waitMs = Math.min(MAX_HOLD_MS, now.waitMs === 0 ? FIRST_HOLD_MS : now.waitMs * 2);
  return {
    step: 'held',
    from: now.from,
    turn: now.turn,
    waitMs,
    nextAttemptAt: at + waitMs,
    bad: turnedBad(state, now.from).length,
    of: state.targets.tree.root.digest.watched,
  };
}

/** Its restart has just ended without success. A SIGCONT is no restart. */
function failedOf({settings: {name}}: TargetState, changes: readonly Change[]): boolean {
  const change = changes.find(({is}) => is.settings.name === name);
  const repair = change?.was?.repair;
  return (
    change !== undefined &&
    repair !== undefined &&
    (repair.step === 'fixing' || repair.step === 'verifying') &&
    repair.attempt.action === 'restart' &&
    !isBeingFixed(change.is.repair)
  );
}

function following(
  state: State,
  from: number,
  turn: string | undefined,
  changes: readonly Change[],
  at: number,
): CommonCause | undefined {
  const members = openMembers(state, from);
  if (members.length === 0) return undefined;
  const current = members.find(({settings}) => settings.name === turn);
  const keeps = current !== undefined && !failedOf(current, changes) && !isWaiting(current, at);
  const next = keeps
    ? current
    : (members.find(({repair}) => isBeingFixed(repair)) ?? members.find(isReady));
  const name = next?.settings.name;
  return name === turn && state.commonCause?.step === 'following'
    ? state.commonCause
    : {step: 'following', from, ...(name === undefined ? {} : {turn: name})};
}

/** Its fix would begin if it had the turn. */
function isReady({repair}: TargetState): boolean {
  return repair.step === 'deferred' || repair.step === 'held';
}

function isWaiting({repair}: TargetState, at: number): boolean {
  return (repair.step === 'waiting' && repair.untilAt > at) || repair.step === 'idle';
}

function afterHold(
  state: State,
  now: Extract<CommonCause, {step: 'held'}>,
  changes: readonly Change[],
  at: number,
): CommonCause | undefined {
  const recovered = changes.some(
    ({was, is}) => !is.incident && (was?.incident?.startedAt ?? -Infinity) >= now.from,
  );
  if (recovered) return following(state, now.from, undefined, changes, at);
  const {from, waitMs} = now;
  const canary = findTarget(state, now.turn);
  if (canary && isBeingFixed(canary.repair)) return {step: 'canary', from, turn: now.turn, waitMs};
  if (canary && isOpen(canary)) return now;
  const turn = chooseCanary(state, from);
  return turn === undefined ? undefined : {...now, turn};
}

/** Moves its times along when the clock jumps. */
export function shiftedCause(cause: CommonCause, byMs: number): CommonCause {
  const moved = {...cause, from: cause.from + byMs};
  switch (moved.step) {
    case 'suspected':
      return {...moved, since: moved.since + byMs, untilAt: moved.untilAt + byMs};
    case 'held':
      return {...moved, nextAttemptAt: moved.nextAttemptAt + byMs};
    default:
      return moved;
  }
}

/** The hold of an earlier run, from the targets that are held for it. */
export function recalledCause(targets: readonly TargetState[]): CommonCause | undefined {
  const held = targets.flatMap(({settings, repair, incident}) =>
    repair.step === 'held' && repair.reason === 'common_cause' && incident
      ? [{name: settings.name, ...repair, from: incident.startedAt}]
      : [],
  );
  const canary = held.find(({nextAttemptAt}) => nextAttemptAt !== Infinity) ?? held[0];
  if (!canary) return undefined;
  const {name, since} = canary;
  return {
    step: 'held',
    from: Math.min(...held.map(({from}) => from)),
    turn: name,
    waitMs: FIRST_HOLD_MS,
    nextAttemptAt: Math.min(canary.nextAttemptAt, since + MAX_HOLD_MS),
    bad: held.length,
    of: targets.length,
  };
}
