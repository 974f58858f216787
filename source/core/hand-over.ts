import type {Effect} from './model/effect.ts';
import type {TargetStart} from './model/event.ts';
import type {Text} from './model/text.ts';
import {withdrawn} from './fix/untaken.ts';
import {message} from './text/message.ts';
import type {Repair} from './model/repair.ts';
import type {State} from './model/state.ts';
import type {TargetState} from './model/target.ts';
import {unobserved} from './stall.ts';
import {interruptUptime} from './check/uptime.ts';
import {startGraceMs} from './fix/start-grace.ts';
import {mapTargets, targetsOf} from './targets.ts';

/** One process releases the loop and another resumes it: all knowledge stays, and the time between counts as not observed. */

/** Why the loop cannot be released now: only this process can see the end of a running repair. Undefined when it can. */
export function handOverBlocker(state: State): Text | undefined {
  const busy = targetsOf(state).filter(
    ({repair}) =>
      repair.step === 'fixing' ||
      (repair.step === 'verifying' && repair.attempt.awaiting && !repair.attempt.untaken),
  );
  return busy.length === 0
    ? undefined
    : message`the fix of ${busy.map(({settings}) => settings.name).join(', ')} is under way`;
}

/** Stops all decisions: cancels the work under way and ignores its results. */
export function letGo(state: State, at: number): readonly [State, readonly Effect[]] {
  if (state.status !== 'monitoring') return [state, []];
  const left = mapTargets(state, target => ({
    ...target,
    epoch: target.epoch + 1,
    check: {state: 'idle', dueAt: Infinity, tries: 0},
    uptime: interruptUptime(target.uptime),
  }));
  const cancelled = targetsOf(state).flatMap((target): readonly Effect[] => [
    {type: 'cancel-check', target: target.settings.name},
    // Only this process waits for its consumer: the other one writes it anew.
    ...withdrawn(target)[1],
  ]);
  return [{...left, status: 'initializing', letGoAt: at}, cancelled];
}

/** Resumes the loop, in the same process or another. Checks come due spread over a second; a verification under way continues. */
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
 * The released loop, for the process that takes it over and was started with `starts`. Undefined when targets or
 * settings differ, since then it is not the same loop. Drops the other process's problems; the new one notices its own.
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
    repair: resumedRepair(back.repair, startGraceMs(target), at),
    check: {state: 'idle', dueAt: target.paused ? Infinity : dueAt, tries: 0},
  };
}

/** Repeats an inspection under way, whose result is lost. A fix under way is never repeated: checks show its outcome. */
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
    case 'verifying':
      return repair.attempt.untaken ? {step: 'idle'} : repair;
    case 'waiting':
      // Overdue work is due now: the loop did not stall.
      return {...repair, untilAt: Math.max(repair.untilAt, at)};
    default:
      return repair;
  }
}
