import type {Effect} from './model/effect.ts';
import type {TargetStart} from './model/event.ts';
import type {Text} from './model/text.ts';
import {message} from './text/message.ts';
import type {Repair, State, TargetState} from './model/state.ts';
import {unobserved} from './stillness.ts';
import {interruptUptime} from './uptime.ts';
import {mapTargets, targetsOf} from './targets.ts';

/** One process lets go of the loop and another takes it up where it was: nothing that is known is lost, and the time between counts as not observed. */

/** Why the loop cannot be let go of just now: somebody is in the middle of a repair that only this process sees the end of. Undefined when it can. */
export function keptBy(state: State): Text | undefined {
  const busy = targetsOf(state).filter(
    ({repair}) =>
      repair.step === 'fixing' || (repair.step === 'verifying' && repair.attempt.awaiting),
  );
  return busy.length === 0
    ? undefined
    : message`the fix of ${busy.map(({settings}) => settings.name).join(', ')} is under way`;
}

/** From here on nothing is decided: what is under way is cancelled, and whatever comes of it changes nothing. */
export function letGo(state: State, at: number): readonly [State, readonly Effect[]] {
  if (state.status !== 'monitoring') return [state, []];
  const left = mapTargets(state, target => ({
    ...target,
    epoch: target.epoch + 1,
    check: {state: 'idle', dueAt: Infinity, tries: 0},
    uptime: interruptUptime(target.uptime),
  }));
  const cancelled = targetsOf(state).map(({settings}): Effect => ({
    type: 'cancel-check',
    target: settings.name,
  }));
  return [{...left, status: 'initializing', letGoAt: at}, cancelled];
}

/** The loop goes on, in the process that let it go or in another one. Checks are due, spread over a second; a verification under way goes on. */
export function takenOver(state: State, at: number): readonly [State, readonly Effect[]] {
  if (state.letGoAt === undefined) return [state, []];
  const lostMs = Math.max(0, at - state.letGoAt);
  const spreadMs = 1_000 / targetsOf(state).length;
  const {letGoAt: _, ...resumed} = mapTargets(state, (target, index) =>
    resumedTarget(target, lostMs, at + index * spreadMs, at),
  );
  return [{...resumed, status: 'monitoring'}, [{type: 'remember'}, {type: 'write-status'}]];
}

/**
 * What another process let go of, for the one that takes it over and was started with `starts`. Undefined when these are other targets or
 * other settings: then it is not the same loop. Troubles were those of the other process; whoever has them too will notice.
 */
export function resumedFrom(state: State, starts: readonly TargetStart[]): State | undefined {
  const same =
    state.letGoAt !== undefined &&
    targetsOf(state).length === starts.length &&
    starts.every(({settings}, index) => isSame(settings, targetsOf(state)[index]));
  if (!same) return undefined;
  const resumed = mapTargets(state, (target, index) => ({
    ...target,
    settings: starts[index]?.settings ?? target.settings,
  }));
  return {...resumed, problems: {}};
}

function isSame(
  {name, fingerprint}: TargetStart['settings'],
  target: TargetState | undefined,
): boolean {
  return target?.settings.name === name && target.settings.fingerprint === fingerprint;
}

function resumedTarget(
  target: TargetState,
  lostMs: number,
  dueAt: number,
  at: number,
): TargetState {
  const back = unobserved(target, lostMs);
  return {
    ...back,
    epoch: target.epoch + 1,
    repair: resumedRepair(back.repair, target.policy.startGraceMs, at),
    check: {state: 'idle', dueAt: target.paused ? Infinity : dueAt, tries: 0},
  };
}

/** A look under way ended with nobody to hear it. Of a fix the same is true: what became of it shows in the checks, and it is never made twice. */
function resumedRepair(repair: Repair, graceMs: number, at: number): Repair {
  switch (repair.step) {
    case 'looking':
      return {...repair, at};
    case 'fixing':
      return {
        step: 'verifying',
        attempt: repair.attempt,
        since: at,
        untilAt: at + graceMs,
        good: 0,
      };
    case 'waiting':
      // What came due meanwhile is due now: nobody stood still.
      return {...repair, untilAt: Math.max(repair.untilAt, at)};
    default:
      return repair;
  }
}
