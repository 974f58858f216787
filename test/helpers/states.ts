import {presets} from '../../source/config/presets.ts';
import type {Command, Monitor} from '../../source/contracts/monitor.ts';
import type {Fault} from '../../source/core/fault.ts';
import {initialState} from '../../source/core/initial.ts';
import type {FixRecord, Sample, State, TargetState} from '../../source/core/state.ts';

/** 2026-01-27 10:30:00 in the time zone of the machine, so that the clock on the screen says the same everywhere. */
export const NOW = new Date(2026, 0, 27, 10, 30, 0).getTime();
const MINUTE = 60_000;

export function stateOf(target: TargetState, more: Partial<State> = {}): State {
  return {status: 'monitoring', startedAt: NOW - 120 * MINUTE, presets, targets: [target], troubles: {}, ...more};
}

/** A target that nobody has looked at yet. */
export function newTarget(settings: Partial<TargetState['settings']> = {}): TargetState {
  const start = {
    settings: {name: 'webui', address: 'http://127.0.0.1:8080/api/health', fix: 'command' as const, local: true, overrides: {}, dependsOn: [], notFor: [], fingerprint: '', ...settings},
    preset: 'test',
    observing: false,
  };
  const [target] = initialState([start], presets, NOW - 120 * MINUTE).targets;
  if (!target) throw new Error('initialState made no target');
  return target;
}

/** Healthy for two hours, every probe watched, one fix behind it. */
export function healthyTarget(more: Partial<TargetState> = {}): TargetState {
  return {
    ...newTarget(),
    health: {level: 'ok', since: NOW - 115 * MINUTE, failures: 0, successes: 1380, totalChecks: 1440, totalFailures: 3, recent: [true, true, true], flapping: false},
    uptime: {since: NOW - 120 * MINUTE, observedMs: 118 * MINUTE, upMs: 118 * MINUTE - 3_540, seenAt: NOW},
    readings: {
      process: {state: 'alive', identity: {pid: 4242, startKey: '77'}, via: 'pid-file', command: 'python3 webui.py', startedAt: NOW - 192 * MINUTE},
      port: {port: 8080, listening: true},
      api: {status: 200, connectMs: 0.3, firstByteMs: 4, totalMs: 4.2},
    },
    lastCheck: {at: NOW, observation: {kind: 'ok', readings: {}, latencyMs: 4.2}},
    healthySince: NOW - 115 * MINUTE,
    fixes: [fix()],
    samples: samples(60),
    events: [
      {at: NOW - 4 * MINUTE - 48_000, level: 'warning', text: 'process 4242 is gone and left its pid file behind'},
      {at: NOW - 4 * MINUTE - 46_000, level: 'info', text: 'fix 1 (restart): success, healthy after 1.3 s'},
    ],
    ...more,
  };
}

/** Hung: two failed checks, the next attempt waits for its backoff. */
export function downTarget(more: Partial<TargetState> = {}): TargetState {
  const fault: Fault = {probe: 'api', kind: 'response_timeout', text: 'GET /api/health: no response within 5.0 s (connected in 0.3 ms)'};
  const healthy = healthyTarget();
  return {
    ...healthy,
    health: {...healthy.health, level: 'down', since: NOW - 12_000, failures: 2, successes: 0, totalFailures: 5},
    readings: {...healthy.readings, api: {connectMs: 0.3}},
    lastCheck: {at: NOW, observation: {kind: 'failed', readings: {}, faults: [fault]}},
    incident: {number: 1, startedAt: NOW - 17_000, cause: 'hung', faults: [fault], down: true, fixes: 1, held: [], deferred: false},
    repair: {step: 'waiting', untilAt: NOW + 8_000},
    attempts: 1,
    attemptTimes: [NOW - 14_000],
    lastAttemptEndedAt: NOW - 2_000,
    samples: [...samples(57, NOW - 10_000), {at: NOW - 5_000, outcome: 'failed'}, {at: NOW, outcome: 'failed'}],
    fixes: [fix(), fix({at: NOW - 14_000, issue: 'health check failed', cause: 'hung', result: 'failed', healthyAfterMs: undefined, detail: 'not healthy within 30 s'})],
    ...more,
  };
}

export function fix(more: Partial<FixRecord> = {}): FixRecord {
  return {at: NOW - 4 * MINUTE - 48_000, issue: 'process not alive', cause: 'crashed', action: 'restart', result: 'success', healthyAfterMs: 1_300, detail: 'node server.js: exit 0', ...more};
}

/** Good checks every 5 s up to `end`; every fifteenth is slower. */
export function samples(count: number, end = NOW): readonly Sample[] {
  return Array.from({length: count}, (_, index): Sample => ({at: end - (count - 1 - index) * 5_000, outcome: 'ok', latencyMs: index % 15 === 7 ? 28 : 4 + (index % 3) * 0.2}));
}

export interface FakeMonitor extends Monitor {
  readonly requests: readonly Command[];
  show(state: State): void;
  moveTo(at: number): void;
}

/** A monitor whose state and time a test sets, and that remembers what was asked of it. */
export function fakeMonitor(initial: State): FakeMonitor {
  const listeners = new Set<() => void>();
  const requests: Command[] = [];
  let state = initial;
  let now = NOW;
  return {
    requests,
    getSnapshot: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    request: command => void requests.push(command),
    now: () => now,
    show(next) {
      state = next;
      listeners.forEach(listener => listener());
    },
    moveTo(at) {
      now = at;
    },
  };
}
