import {setTimeout as pause} from 'node:timers/promises';
import type {TargetSpec} from '../config/spec.ts';
import {presets} from '../config/presets.ts';
import type {MonitorStatus} from '../documents/monitor-status.ts';
import {startDetached, type Detached} from '../io/run/detached.ts';
import {statusIn} from './status.ts';

export interface BackgroundSetup {
  /** Of the command `run`. */
  readonly argv: readonly string[];
  /** Beside our own environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Exists and is ours to write. */
  readonly stateDir: string;
  readonly deadlineMs: number;
  /** Nobody waits any longer. */
  readonly signal?: AbortSignal;
}

export type Background =
  /** The first check of every target is done. */
  | {readonly kind: 'up'; readonly pid: number; readonly status: MonitorStatus}
  /** `text` are its last words, without the program's name; `code` its exit code, where it had one. */
  | {
      readonly kind: 'died';
      readonly pid: number;
      readonly text: string;
      readonly code: number | null;
      readonly signal: NodeJS.Signals | null;
    }
  /** It runs, and has not checked everything within the deadline, or before `signal`. */
  | {
      readonly kind: 'late';
      readonly pid: number;
      readonly status: MonitorStatus | undefined;
      readonly waitedMs: number;
    };

const LOOK_MS = 25;

/** Starts a monitor that goes on when we, the terminal and the session are gone, and waits until it is up. Throws what the file system says of the state directory. */
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
    await pause(LOOK_MS);
  }
}

/** Waits for a monitor that somebody else has just started; what it says of itself then. */
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
    await pause(LOOK_MS);
  }
}

/** What is paused, by somebody before we came, is not checked. */
function isUp(status: MonitorStatus | undefined): status is MonitorStatus {
  return (
    status !== undefined &&
    status.targets.every(({checked, phase}) => checked || phase === 'paused')
  );
}

/** A first check comes within an interval and may use up all of its tries; a child that an earlier run left behind may have to end before. */
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

/** What that very process says of itself: a file of an earlier one may name the same pid. */
function statusOf(stateDir: string, pid: number, startedAt: number): MonitorStatus | undefined {
  const status = statusIn(stateDir);
  return status && status.pid === pid && (status.startedAt ?? 0) >= startedAt - 1
    ? status
    : undefined;
}
