import {newHealth} from './health.ts';
import type {Policy} from './policy.ts';
import type {FixRecord, State, TargetSettings, TargetState} from './state.ts';
import {startUptime} from './uptime.ts';

/** What a monitor starts from: a target's settings, its preset, and the fixes that an earlier run remembered (oldest first). */
export interface TargetStart {
  readonly settings: TargetSettings;
  readonly preset: string;
  readonly observing: boolean;
  readonly fixes: readonly FixRecord[];
  /** When an earlier run began the fixes of the budget's window, oldest first: also one that it did not see end. */
  readonly attemptTimes: readonly number[];
}

/** The state before the first event. `preset` must be one of `presets`. */
export function initialState(targets: readonly TargetStart[], presets: Readonly<Record<string, Policy>>, at: number): State {
  return {status: 'initializing', startedAt: at, presets, targets: targets.map(start => initialTarget(start, presets, at)), troubles: {}};
}

function initialTarget({settings, preset, observing, fixes, attemptTimes}: TargetStart, presets: Readonly<Record<string, Policy>>, at: number): TargetState {
  const values = presets[preset];
  if (!values) throw new Error(`no preset ${preset}`);
  const policy = {...values, ...settings.overrides};
  const recent = attemptTimes.filter(time => time > at - policy.budget.windowMs && time <= at);
  return {
    settings,
    preset,
    policy,
    epoch: 0,
    fixCount: 0,
    paused: false,
    observing,
    restartPending: false,
    check: {state: 'idle', dueAt: at, tries: 0},
    health: newHealth(at),
    uptime: startUptime(at),
    readings: {},
    repair: {step: 'idle'},
    attempts: recent.length,
    attemptTimes: recent,
    lastAttemptEndedAt: recent.at(-1),
    fixes,
    samples: [],
    events: [],
    slowEpisode: false,
    lastHeartbeatAt: at,
  };
}
