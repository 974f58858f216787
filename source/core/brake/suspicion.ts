import type {CommonCause, State} from '../model/state.ts';
import {RETRY_PAUSE_MS} from '../model/policy.ts';
import type {Blocker, TargetState} from '../model/target.ts';
import {isBeingFixed, isWatched} from '../phase.ts';
import {placesWhere, targetAt} from '../target-tree.ts';
import {withTarget, type Change} from '../targets.ts';
import {chooseCanary, turnedBad} from './members.ts';

/** From the second target that turns bad to the decision whether most do: the others are checked meanwhile, and no fix begins. */

const LEAST = 3;
/** Of more targets, a sample tells whether most are bad. */
const MOST_ASKED = 16;

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

/** What the targets that have just turned bad show: most are bad, two or more are, or nothing. */
export function suspicionOf(
  state: State,
  changes: readonly Change[],
  at: number,
): CommonCause | undefined {
  if (state.targets.tree.root.digest.watched < LEAST) return undefined;
  const first = changes.filter(({was, is}) => is.incident && !was?.incident);
  if (first.length === 0) return undefined;
  const from = Math.min(...first.map(({is}) => at - windowMs(is)));
  const bad = turnedBad(state, from);
  if (bad.length < 2) return undefined;
  return formed(state, bad.length, from) ?? suspected(state, bad, from, at);
}

/** A suspicion ends when most targets are bad, when all asked ones were checked, or with its time. */
export function settledSuspicion(
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
  // All are bad, and none of them may be fixed.
  if (others.length === 0) return undefined;
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

/** Makes the checks of the asked targets due. */
export function withAskedChecked(state: State, asked: readonly number[], at: number): State {
  return asked.reduce((state, place) => checkedNow(state, place, at), state);
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
