import {presets} from '../../source/config/presets.ts';
import type {Command, Link, Monitor} from '../../source/contracts/monitor.ts';
import {withSample} from '../../source/core/check/samples.ts';
import type {Evidence} from '../../source/core/model/evidence.ts';
import type {Fault} from '../../source/core/model/fault.ts';
import {initialState} from '../../source/core/initial.ts';
import type {IncidentRecord} from '../../source/core/model/incident.ts';
import type {FixRecord} from '../../source/core/model/repair.ts';
import type {State} from '../../source/core/model/state.ts';
import type {Sample, SampleLog, TargetState} from '../../source/core/model/target.ts';
import {newTargets, targetsOf} from '../../source/core/targets.ts';
import {withFix} from './with-fix.ts';

/** 2026-01-27 10:30:00 in the time zone of the machine, so that the clock on the screen says the same everywhere. */
export const NOW = new Date(2026, 0, 27, 10, 30, 0).getTime();
const MINUTE = 60_000;

export function stateOf(target: TargetState, more: Partial<State> = {}): State {
  return {
    status: 'monitoring',
    startedAt: NOW - 120 * MINUTE,
    presets,
    targets: newTargets([target]),
    problems: {},
    ...more,
  };
}

/** A monitor of several targets, the first of which is selected. */
export function stateOfAll(targets: readonly TargetState[], more: Partial<State> = {}): State {
  return {...stateOf(newTarget(), more), targets: newTargets(targets)};
}

/** The same target under another name. */
export function named(
  name: string,
  target: TargetState,
  settings: Partial<TargetState['settings']> = {},
): TargetState {
  return {
    ...target,
    settings: {...target.settings, name, address: `http://127.0.0.1/${name}`, ...settings},
  };
}

/** `a`, `b` and `c`, all of them well. */
export function threeTargets(): readonly [TargetState, TargetState, TargetState] {
  const well = (name: string) => named(name, healthyTarget());
  return [well('a'), well('b'), well('c')];
}

/** A database that is being fixed, a web service that waits for it, and one that is well. */
export function chainOfTargets(): readonly TargetState[] {
  const attempt = {
    number: 1,
    startedAt: NOW - 1_000,
    action: 'restart',
    cause: 'crashed',
    manual: false,
    awaiting: false,
  } as const;
  return [
    named('db', downTarget({repair: {step: 'fixing', attempt}})),
    named(
      'web',
      downTarget({repair: {step: 'deferred'}, blockedBy: {reason: 'dependency', target: 'db'}}),
      {dependsOn: ['db'], notFor: ['db']},
    ),
    named('mail', healthyTarget({fixes: []})),
  ];
}

/** `count` targets: every tenth is down, every seventh slow, one paused; with names of different widths. */
export function manyTargets(count: number): readonly TargetState[] {
  const {health} = healthyTarget();
  return Array.from({length: count}, (_, index) => {
    const name = index % 5 === 3 ? `資料庫服務の監視対象-${index}` : `service-${index}`;
    if (index % 10 === 9) return named(name, downTarget());
    if (index % 7 === 6)
      return named(
        name,
        healthyTarget({
          health: {...health, level: 'warn'},
          warned: [{key: 'api slow', kind: 'slow', text: 'GET / took 3.2 s'}],
        }),
      );
    return named(name, healthyTarget({fixes: index % 2 === 0 ? [] : [fix()], paused: index === 4}));
  });
}

/** A target with checks of its own, of which one warns and one failed, and the series that they measure. */
export function checkedTarget(more: Partial<TargetState> = {}): TargetState {
  const healthy = healthyTarget();
  const warning: Fault = {
    probe: 'certificate',
    kind: 'tls_expiring',
    daysLeft: 12,
    limitDays: 14,
    text: 'certificate of localhost ends in 12 days',
  };
  return {
    ...healthy,
    health: {...healthy.health, level: 'warn'},
    warned: [{key: 'certificate', kind: 'tls_expiring', text: warning.text}],
    lastCheck: {
      at: NOW,
      observation: {kind: 'ok', readings: {}, latencyMs: 4.2, warnings: [warning]},
    },
    readings: {
      ...healthy.readings,
      checks: {
        redis: {
          kind: 'tcp',
          state: 'ok',
          text: 'open in 0.4 ms',
          metrics: [{name: 'time', value: 0.4, unit: 'ms'}],
        },
        certificate: {
          kind: 'tls',
          state: 'ok',
          text: '12 days left',
          metrics: [{name: 'days', value: 12, unit: ''}],
        },
        disk: {
          kind: 'disk',
          state: 'ok',
          text: '41 GB free',
          metrics: [{name: '/var', value: 41e9, unit: 'B'}],
        },
      },
    },
    samples: logOf(
      samples(60).map((sample, index) => ({
        ...sample,
        values: {'redis time': 0.4, 'disk /var': 41e9 - index * 2e8},
      })),
    ),
    ...more,
  };
}

/** What was found before a fix, with lines that are too long and characters that are wide. */
export function evidence(more: Partial<Evidence> = {}): Evidence {
  return {
    at: NOW - 14_000,
    facts: [
      {
        label: 'process',
        text: 'pid 4242, sleeping (S), up 3 h, 12 threads, waits in futex_wait_queue',
      },
      {label: 'fds', text: '1024 of 1024'},
    ],
    texts: [
      {
        label: 'response',
        text: '{"status":"degraded","components":{"db":"ok","cache":"timeout after 5000 ms","queue":"ok"},"uptime":11520}',
      },
      {
        label: 'log',
        text: 'Jan 27 10:29:40 worker 3: 接続が拒否されました\n\n  at connect (net.js:12)\n  EMFILE: too many open files',
      },
    ],
    found: ['out_of_fds'],
    ...more,
  };
}

/** An incident that is over. */
export function pastIncident(more: Partial<IncidentRecord> = {}): IncidentRecord {
  return {
    number: 1,
    startedAt: NOW - 4 * MINUTE - 49_000,
    endedAt: NOW - 4 * MINUTE - 46_000,
    cause: 'crashed',
    faults: [
      {
        probe: 'process',
        kind: 'process_gone',
        pid: 4242,
        text: 'process 4242 is gone and left its pid file behind',
      },
    ],
    fixes: 1,
    held: false,
    end: 'fix 1 (restart): success, healthy after 1.3 s',
    ...more,
  };
}

/** Hung with evidence, in its second incident; the first is over. */
export function troubledTarget(more: Partial<TargetState> = {}): TargetState {
  const down = downTarget();
  const [first, second] = down.fixes;
  if (!down.incident || !first || !second)
    throw new Error('a target that is down has an incident and two fixes');
  return {
    ...down,
    incident: {...down.incident, number: 2, evidence: evidence()},
    incidentCount: 2,
    incidents: [pastIncident()],
    fixes: [
      {...first, incident: 1, verdict: 'healed'},
      {...second, incident: 2, verdict: 'no effect'},
    ],
    ledger: {
      crashed: {'healed': 3, 'relapsed': 1, 'no effect': 0, 'unneeded': 0},
      hung: {'healed': 0, 'relapsed': 0, 'no effect': 1, 'unneeded': 0},
    },
    ...more,
  };
}

/** A target that nobody has looked at yet. */
export function newTarget(settings: Partial<TargetState['settings']> = {}): TargetState {
  const start = {
    settings: {
      name: 'webui',
      address: 'http://127.0.0.1:8080/api/health',
      ...withFix('command'),
      local: true,
      overrides: {},
      dependsOn: [],
      notFor: [],
      fingerprint: '',
      ...settings,
    },
    preset: 'test',
    observing: false,
  };
  const [target] = targetsOf(initialState([start], presets, NOW - 120 * MINUTE));
  if (!target) throw new Error('initialState made no target');
  return target;
}

/** Healthy for two hours, every probe watched, one fix behind it. */
export function healthyTarget(more: Partial<TargetState> = {}): TargetState {
  return {
    ...newTarget(),
    health: {
      level: 'ok',
      since: NOW - 115 * MINUTE,
      failures: 0,
      successes: 1380,
      totalChecks: 1440,
      totalFailures: 3,
      recent: [true, true, true],
      flapping: false,
    },
    uptime: {
      since: NOW - 120 * MINUTE,
      observedMs: 118 * MINUTE,
      upMs: 118 * MINUTE - 3_540,
      seenAt: NOW,
    },
    readings: {
      process: {
        state: 'alive',
        identity: {pid: 4242, startKey: '77'},
        via: 'pid-file',
        command: 'python3 webui.py',
        startedAt: NOW - 192 * MINUTE,
      },
      port: {port: 8080, listening: true},
      api: {status: 200, connectMs: 0.3, firstByteMs: 4, totalMs: 4.2},
    },
    lastCheck: {at: NOW, observation: {kind: 'ok', readings: {}, latencyMs: 4.2}},
    healthySince: NOW - 115 * MINUTE,
    fixes: [fix()],
    samples: logOf(samples(60)),
    events: [
      {
        at: NOW - 4 * MINUTE - 48_000,
        level: 'warning',
        text: 'process 4242 is gone and left its pid file behind',
      },
      {
        at: NOW - 4 * MINUTE - 46_000,
        level: 'info',
        text: 'fix 1 (restart): success, healthy after 1.3 s',
      },
    ],
    ...more,
  };
}

/** Hung: two failed checks, the next attempt waits for its backoff. */
export function downTarget(more: Partial<TargetState> = {}): TargetState {
  const fault: Fault = {
    probe: 'api',
    kind: 'response_timeout',
    text: 'GET /api/health: no response within 5.0 s (connected in 0.3 ms)',
  };
  const healthy = healthyTarget();
  return {
    ...healthy,
    health: {
      ...healthy.health,
      level: 'down',
      since: NOW - 12_000,
      failures: 2,
      successes: 0,
      totalFailures: 5,
    },
    readings: {...healthy.readings, api: {connectMs: 0.3}},
    lastCheck: {at: NOW, observation: {kind: 'failed', readings: {}, faults: [fault]}},
    incident: {
      number: 1,
      startedAt: NOW - 17_000,
      cause: 'hung',
      faults: [fault],
      down: true,
      fixes: 1,
      held: [],
      deferred: false,
    },
    repair: {step: 'waiting', untilAt: NOW + 8_000},
    attempts: 1,
    attemptTimes: [NOW - 14_000],
    healthySince: undefined,
    lastAttemptEndedAt: NOW - 2_000,
    samples: logOf([
      ...samples(57, NOW - 10_000),
      {at: NOW - 5_000, outcome: 'failed'},
      {at: NOW, outcome: 'failed'},
    ]),
    fixes: [
      fix(),
      fix({
        at: NOW - 14_000,
        issue: 'health check failed',
        cause: 'hung',
        result: 'failed',
        healthyAfterMs: undefined,
        detail: 'not healthy within 30 s',
      }),
    ],
    ...more,
  };
}

export function fix(more: Partial<FixRecord> = {}): FixRecord {
  return {
    at: NOW - 4 * MINUTE - 48_000,
    issue: 'process not alive',
    cause: 'crashed',
    action: 'restart',
    result: 'success',
    healthyAfterMs: 1_300,
    detail: 'node server.js: exit 0',
    ...more,
  };
}

/** Good checks every 5 s up to `end`; every fifteenth is slower. */
export function samples(count: number, end = NOW): readonly Sample[] {
  return Array.from({length: count}, (_, index): Sample => ({
    at: end - (count - 1 - index) * 5_000,
    outcome: 'ok',
    latencyMs: index % 15 === 7 ? 28 : 4 + (index % 3) * 0.2,
  }));
}

export function logOf(all: readonly Sample[]): SampleLog {
  return all.reduce<SampleLog>(withSample, []);
}

export interface FakeMonitor extends Monitor {
  readonly requests: readonly Command[];
  show(state: State): void;
  moveTo(at: number): void;
  /** Only for one that began with a link. */
  relink(link: Link): void;
}

/** A monitor whose state, time and link a test sets, and that remembers what was asked of it. */
export function fakeMonitor(initial: State, attached?: Link): FakeMonitor {
  const listeners = new Set<() => void>();
  const requests: Command[] = [];
  let state = initial;
  let now = NOW;
  let link = attached;
  return {
    ...(attached ? {link: () => link ?? attached} : {}),
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
    relink(next) {
      link = next;
      listeners.forEach(listener => listener());
    },
  };
}
