import type {Fault} from './fault.ts';
import {say} from '../text/say.ts';

/** Which process we mean: a pid alone is not enough, since the kernel reuses pids. `startKey` is the kernel's own start time, compared as text. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly startKey: string;
}

/** How we know the target's process: named by its pid file, found as the listener of its port, or started by us. */
export type ProcessSource = 'pid-file' | 'port' | 'child';

export type ProcessReading =
  | {readonly state: 'unknown'; readonly reason: string}
  | {
      readonly state: 'alive' | 'stopped' | 'traced' | 'zombie';
      readonly identity: ProcessIdentity;
      readonly via: ProcessSource;
      readonly command: string;
      /** Epoch ms at which the process started, where the platform says so. */
      readonly startedAt?: number;
    }
  | {
      readonly state: 'gone';
      readonly via: ProcessSource;
      readonly pid?: number;
      /** `left`: the pid file still names the dead process (a crash). `missing`: it went away too (maybe a restart). `none`: there is none to tell. */
      readonly pidFile: 'left' | 'missing' | 'none';
      /** How a child of our own ended. */
      readonly exit?: string;
      /** Why a child of our own could not be started. */
      readonly startFailure?: string;
    }
  | {
      readonly state: 'mismatch';
      readonly identity: ProcessIdentity;
      readonly via: ProcessSource;
      readonly command: string;
      readonly wanted: string;
    };

export interface PortReading {
  readonly port: number;
  readonly listening: boolean;
  /** Who listens, where it was asked for and could be told. `ours`: the target's process, one of its group or descendants, or one by its configured name. */
  readonly owner?: {readonly pid: number; readonly command: string; readonly ours: boolean};
}

export interface HttpReading {
  readonly status?: number;
  readonly connectMs?: number;
  readonly firstByteMs?: number;
  readonly totalMs?: number;
  /** First 2 KiB of the body, sanitised. */
  readonly excerpt?: string;
}

/** One number that a check measured, in the units of the Nagios plug-in API. */
export interface Metric {
  readonly name: string;
  readonly value: number;
  readonly unit: '' | 's' | 'ms' | 'us' | '%' | 'B' | 'KB' | 'MB' | 'GB' | 'TB' | 'c';
}

/** What one of a target's own checks saw. `text` is short: `12 days left`, `open in 0.4 ms`. */
export interface CheckReading {
  readonly kind: string;
  readonly state: 'ok' | 'warn' | 'failed' | 'unknown';
  readonly text: string;
  readonly metrics: readonly Metric[];
}

export interface Readings {
  readonly process?: ProcessReading;
  readonly port?: PortReading;
  readonly api?: HttpReading;
  /** Of the target's own checks, by name. */
  readonly checks?: Readonly<Record<string, CheckReading>>;
}

/** The later reading of each probe and of each check. */
export function mergeReadings(readings: ReadonlyArray<Readings>): Readings {
  const checks = Object.assign({}, ...readings.map(({checks}) => checks)) as Readings['checks'];
  const merged: Readings = Object.assign({}, ...readings);
  return Object.keys(checks ?? {}).length > 0 ? {...merged, checks} : merged;
}

/** One check: everything its probes saw together. */
export type Observation =
  | {
      readonly kind: 'ok';
      readonly readings: Readings;
      readonly latencyMs?: number;
      readonly warnings?: readonly Fault[];
      readonly notes?: readonly string[];
    }
  | {
      readonly kind: 'failed';
      readonly readings: Readings;
      readonly faults: readonly [Fault, ...Fault[]];
      readonly latencyMs?: number;
      readonly warnings?: readonly Fault[];
    }
  | {readonly kind: 'inconclusive'; readonly reason: string};

/** What one probe found. A fault fails the check; a warning (slow, a certificate that ends soon, an advisory check) is told and never healed. Notes are only shown. */
export interface ProbeResult {
  readonly readings: Readings;
  readonly faults: readonly Fault[];
  readonly warnings?: readonly Fault[];
  readonly latencyMs?: number;
  readonly notes?: readonly string[];
}

/** Puts the results of one check's probes together, in the order given. What a debugger holds cannot answer: that is told, and no failure. */
export function combine(results: readonly ProbeResult[]): Observation {
  const readings = mergeReadings(results.map(result => result.readings));
  const latencyMs = results.find(result => result.latencyMs !== undefined)?.latencyMs;
  const noted = results.flatMap(result => result.warnings ?? []);
  const faults = results.flatMap(result => result.faults);
  const excused = noted.some(isHeldByDebugger)
    ? faults.filter(({kind}) => kind !== 'port_foreign')
    : [];
  const [first, ...rest] = faults.filter(fault => !excused.includes(fault));
  if (first)
    return {
      kind: 'failed',
      readings,
      faults: [first, ...rest],
      latencyMs,
      ...(noted.length > 0 ? {warnings: noted} : {}),
    };
  const warnings = [...noted, ...excused];
  const notes = results.flatMap(result => result.notes ?? []);
  return {
    kind: 'ok',
    readings,
    latencyMs,
    ...(warnings.length > 0 ? {warnings} : {}),
    ...(notes.length > 0 ? {notes} : {}),
  };
}

export function isHeldByDebugger(warning: Fault): boolean {
  return warning.kind === 'process_stopped' && warning.traced;
}

/** The warning that the answer was slow, where it was. */
export function slowOf(
  observation: Observation | undefined,
): Extract<Fault, {kind: 'slow'}> | undefined {
  return observation?.kind === 'ok'
    ? observation.warnings?.find(warning => warning.kind === 'slow')
    : undefined;
}

/** How long a check took, and how late our own timers were meanwhile. */
export interface CheckTiming {
  readonly startedAt: number;
  readonly at: number;
  readonly lagMs: number;
}

/**
 * Self-doubt: why this observation says more about us than about the target, or undefined.
 * A check that outlived its own time limit, or a loop that stood still for a good part of it, proves that we were not
 * looking (SIGSTOP, laptop sleep, starved CPU).
 */
export function doubt(
  observation: Observation,
  timing: CheckTiming,
  limits: {readonly timeoutMs: number; readonly intervalMs: number},
): string | undefined {
  if (observation.kind !== 'failed' && !slowOf(observation)) return undefined;
  const elapsedMs = timing.at - timing.startedAt;
  const patienceMs = Math.min(limits.timeoutMs, limits.intervalMs) / 2;
  if (timing.lagMs > patienceMs)
    return say`agent2 itself stood still for ${Math.round(timing.lagMs)} ms during the check`;
  if (elapsedMs > limits.timeoutMs * 2 + 2_000)
    return say`the check took ${Math.round(elapsedMs)} ms, far beyond its own limit: agent2 or the machine slept`;
  return undefined;
}
