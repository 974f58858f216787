import {recalledCause} from './brake/lasting.ts';
import {MAX_PAUSE_MS} from './model/policy.ts';
import {markDown, newHealth} from './check/health.ts';
import {emptyMemory, questionOf} from './memory.ts';
import {type TargetMemory} from './model/memory.ts';
import {MAX_HOLD_MS} from './fix/waste.ts';
import {lastRestart} from './fix/records.ts';
import {message} from './text/message.ts';
import type {Budget, Policy} from './model/policy.ts';
import type {FixRecord} from './model/repair.ts';
import type {State} from './model/state.ts';
import type {TargetState} from './model/target.ts';
import {newTargets} from './targets.ts';
import {startUptime} from './check/uptime.ts';
import type {TargetStart} from './model/event.ts';

/** The state before the first event. `preset` must be one of `presets`. */
export function initialState(
  targets: readonly TargetStart[],
  presets: Readonly<Record<string, Policy>>,
  at: number,
  healBudget?: Budget,
  brake?: false,
): State {
  const initial = targets.map(start => initialTarget(start, presets, at));
  const commonCause = brake === false ? undefined : recalledCause(initial);
  return {
    status: 'initializing',
    startedAt: at,
    presets,
    targets: newTargets(initial),
    healBudget,
    ...(commonCause ? {commonCause} : {}),
    ...(brake === undefined ? {} : {brake}),
    problems: {},
  };
}

export function initialTarget(
  start: TargetStart,
  presets: Readonly<Record<string, Policy>>,
  at: number,
): TargetState {
  const {settings, memory = emptyMemory} = start;
  if (!presets[start.preset]) throw new Error(`no preset ${start.preset}`);
  const {preset, observing} = chosen(start, memory.chosen, presets);
  const policy = {...(presets[preset] as Policy), ...settings.overrides};
  const pause = pauseOf(memory, at);
  return {
    settings,
    preset,
    policy,
    epoch: 0,
    fixCount: 0,
    ...pause,
    observing,
    configured: {preset: start.preset, observing: start.observing},
    restartPending: false,
    check: {state: 'idle', dueAt: pause.paused ? Infinity : at, tries: 0},
    // The target stays down until enough good checks.
    health: memory.incident?.down ? markDown(newHealth(at), at) : newHealth(at),
    uptime: startUptime(at),
    readings: {},
    samples: [],
    events: [],
    warned: [],
    lastHeartbeatAt: at,
    ...recalled(memory.spent ? spentNow(memory, policy, at) : memory, at),
    ...(memory.provenBy === questionOf(settings) ? {proven: true} : {}),
  };
}

/** Keeps a preset or `observe only` that a person chose at run time, unless the configuration changed since. */
function chosen(
  {preset, observing}: TargetStart,
  choice: TargetMemory['chosen'],
  presets: Readonly<Record<string, Policy>>,
): Pick<TargetState, 'preset' | 'observing'> {
  if (!choice) return {preset, observing};
  const {configured} = choice;
  return {
    preset: preset === configured.preset && presets[choice.preset] ? choice.preset : preset,
    observing: observing === configured.observing ? choice.observing : observing,
  };
}

/** Drops a pause that ended while agent2 was off. A clock that went back must not lengthen one beyond the maximum. */
function pauseOf({paused}: TargetMemory, at: number): Pick<TargetState, 'paused' | 'pausedUntil'> {
  if (!paused || (paused.untilAt !== undefined && paused.untilAt <= at)) return {paused: false};
  return {
    paused: true,
    ...(paused.untilAt === undefined
      ? {}
      : {pausedUntil: Math.min(paused.untilAt, at + MAX_PAUSE_MS)}),
  };
}

type Recalled = Pick<
  TargetState,
  | 'repair'
  | 'attempts'
  | 'attemptTimes'
  | 'waste'
  | 'slowStarts'
  | 'lastAttemptEndedAt'
  | 'incident'
  | 'incidentCount'
  | 'incidents'
  | 'fixes'
  | 'ledger'
>;

/** As if its whole budget had just been wasted: what nobody knows of must not be done once more. */
function spentNow(memory: TargetMemory, {budget}: Policy, at: number): TargetMemory {
  const times = Array.from({length: budget.count}, () => at);
  return {
    ...memory,
    attempts: Math.max(memory.attempts, budget.count),
    attemptTimes: times,
    waste: {times, holds: memory.waste?.holds ?? 0},
    lastAttemptEndedAt: at,
  };
}

/** Resumes an open incident and holds; attempts continue to count. */
function recalled(memory: TargetMemory, at: number): Recalled {
  // A clock that went back must neither erase this nor lengthen a wait beyond its maximum.
  const attemptTimes = memory.attemptTimes.map(time => Math.min(time, at));
  // Of one that our own end broke off nobody saw the end; a requested one has no attempt time.
  const ends = [memory.lastAttemptEndedAt, attemptTimes.at(-1), lastRestart(memory.fixes)?.at];
  const ended = Math.max(...ends.map(end => end ?? -Infinity));
  const lastAttemptEndedAt = ended === -Infinity ? undefined : Math.min(ended, at);
  return {
    repair: memory.held && memory.incident ? held(memory.held, at) : {step: 'idle'},
    // No checks ran while agent2 was off: only ten observed healthy minutes reset the attempts.
    attempts: memory.attempts,
    attemptTimes,
    waste: memory.waste && {
      ...memory.waste,
      times: memory.waste.times.map(time => Math.min(time, at)),
    },
    slowStarts: memory.slowStarts,
    lastAttemptEndedAt,
    incident: memory.incident,
    incidentCount: memory.incidentCount,
    incidents: memory.incidents,
    fixes: memory.fixes.map(concluded),
    ledger: memory.ledger,
  };
}

function held(
  {reason, since, nextAttemptAt}: NonNullable<TargetMemory['held']>,
  at: number,
): TargetState['repair'] {
  return {
    step: 'held',
    reason,
    since: Math.min(since, at),
    nextAttemptAt: reason === 'budget' ? Math.min(nextAttemptAt, at + MAX_HOLD_MS) : nextAttemptAt,
  };
}

/** Work under way at the end of the last run may have succeeded, but nothing observed it. */
function concluded(fix: FixRecord): FixRecord {
  if (fix.verdict !== undefined || (fix.result !== 'running' && fix.result !== 'signal_created'))
    return fix;
  return {
    ...fix,
    result: fix.result === 'running' ? 'failed' : fix.result,
    detail: message`agent2 stopped watching it before the outcome was known`,
  };
}
