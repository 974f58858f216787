import type {CommonCause, State} from '../model/state.ts';
import type {TargetState} from '../model/target.ts';
import {isBeingFixed} from '../phase.ts';
import {MAX_HOLD_MS} from '../fix/waste.ts';
import {findTarget, type Change} from '../targets.ts';
import {chooseCanary, isOpen, openMembers, turnedBad} from './members.ts';

/** Whose turn it is: first the canary, then the others one at a time, or nobody while all are held. */

/** The canary is tried again after this time, then after twice as long: a restart has just proved to be of no use. */
export const FIRST_HOLD_MS = 10 * 60_000;

/** A common cause whose canary is known. */
export type Turn = Exclude<CommonCause, {readonly step: 'suspected'}>;

/** What becomes of it by these changes; undefined when it is over. */
export function nextTurn(
  state: State,
  now: Turn,
  changes: readonly Change[],
  at: number,
): CommonCause | undefined {
  const isRemoved = now.turn !== undefined && findTarget(state, now.turn) === undefined;
  if (!isRemoved && !changes.some(isTurn)) return now;
  switch (now.step) {
    case 'canary':
      return afterCanary(state, now, changes, at);
    case 'following':
      return following(state, now.from, now.turn, changes, at);
    case 'held':
      return afterHold(state, now, changes, at);
  }
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
