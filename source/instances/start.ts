import {setTimeout as pause} from 'node:timers/promises';
import type {TargetSpec} from '../config/spec.ts';
import {presets} from '../config/presets.ts';
import type {MonitorStatus} from '../documents/monitor-status.ts';
import {startDetached, type Detached} from '../io/run/detached.ts';
import {statusIn} from './status.ts';

export interface BackgroundSetup {
  /** The arguments of `run`. */
  readonly argv: readonly string[];
  /** Added to the environment of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** Exists and can be written. */
  readonly stateDir: string;
  readonly deadlineMs: number;
  /** Stops waiting; the monitor runs on. */
  readonly signal?: AbortSignal;
}

export type Background =
  /** Every target has been checked. */
  | {readonly kind: 'up'; readonly pid: number; readonly status: MonitorStatus}
  /** It ended. `text` is its output, without the program's name. */
  | {
      readonly kind: 'died';
      readonly pid: number;
      readonly text: string;
      readonly code: number | null;
      readonly signal: NodeJS.Signals | null;
    }
  /** It runs, but has not checked every target before the deadline or `signal`. */
  | {
      readonly kind: 'late';
      readonly pid: number;
      readonly status: MonitorStatus | undefined;
      readonly waitedMs: number;
    };

const POLL_MS = 25;

/** Starts a monitor that survives this process, the terminal and the login session, and waits until it is up. Throws errors of the file system. */
export async function startInBackground({
  argv,
  env = {},
  stateDir,
  deadlineMs,
  signal,
}: BackgroundSetup): Promise<Background> {
  const startedAt = Date.now();
  const since = performance.now();
  const monitor = startDetached(stateDir, ['run', ...argv], {...process.env, ...env});
  for (;;) {
    const ended = monitor.ended();
    if (ended) return died(monitor, ended);
    const status = statusOf(stateDir, monitor.pid, startedAt);
    const waitedMs = performance.now() - since;
    const up = isUp(status);
    if (up || waitedMs > deadlineMs || signal?.aborted) {
      monitor.letGo();
      return up
        ? {kind: 'up', pid: monitor.pid, status}
        : {kind: 'late', pid: monitor.pid, status, waitedMs};
    }
    await pause(POLL_MS);
  }
}

/** Waits for a monitor that another process has just started. Resolves to its last status, up or not. */
export async function waitUntilUp(
  stateDir: string,
  pid: number,
  deadlineMs: number,
  signal?: AbortSignal,
): Promise<MonitorStatus | undefined> {
  const since = performance.now();
  for (;;) {
    const status = statusOf(stateDir, pid, 0);
    if (isUp(status) || performance.now() - since > deadlineMs || signal?.aborted) return status;
    await pause(POLL_MS);
  }
}

/** Whether every target has been checked; a paused one is never checked. */
function isUp(status: MonitorStatus | undefined): status is MonitorStatus {
  return (
    status !== undefined &&
    status.targets.every(({checked, phase}) => checked || phase === 'paused')
  );
}

/** How long a monitor may need until it is up, in ms: an interval, all tries of a first check, and the end of a leftover child. */
export function startMsOf(
  targets: readonly TargetSpec[],
  ownsProcess: (target: TargetSpec) => boolean,
): number {
  const each = targets.map(target => {
    const {preset, overrides, fix} = target;
    const {intervalMs, timeoutMs, retries, confirmMs} = {...presets[preset], ...overrides};
    return (
      intervalMs +
      (retries + 1) * (timeoutMs + confirmMs + 1_000) +
      (ownsProcess(target) ? fix.stopTimeoutMs : 0)
    );
  });
  return Math.max(0, ...each) + 10_000;
}

function died(
  monitor: Detached,
  {code, signal}: NonNullable<ReturnType<Detached['ended']>>,
): Background {
  const text = monitor.said().replace(/^agent2: /, '');
  monitor.forget();
  return {kind: 'died', pid: monitor.pid, text, code, signal};
}

/** The status that this very process wrote; a file of an earlier process may have the same pid. */
function statusOf(stateDir: string, pid: number, startedAt: number): MonitorStatus | undefined {
  const status = statusIn(stateDir);
  return status && status.pid === pid && (status.startedAt ?? 0) >= startedAt - 1
    ? status
    : undefined;
}
