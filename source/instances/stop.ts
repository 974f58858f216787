import {join} from 'node:path';
import {say} from '../core/text/say.ts';
import {formatDuration} from '../format/duration.ts';
import {sanitize} from '../format/sanitize.ts';
import {typed} from '../format/shell-words.ts';
import type {MonitorStatus} from '../documents/monitor-status.ts';
import {elapsed} from '../format/elapsed.ts';
import {deliver} from '../io/process/group.ts';
import {endLeftover, recordOf, recordsBelow} from '../io/run/leftover-child.ts';
import {distrustHolder, type Holder} from '../io/state-dir/lock.ts';
import {readProcess, sameProcess} from '../io/process/processes.ts';
import {unitOf} from '../io/process/unit-of.ts';
import {until} from '../io/until.ts';
import {statusIn} from './status.ts';

export interface StopOptions {
  /** The default is the time that the monitor's card allows for its end. */
  readonly timeoutMs?: number;
  /** Sends SIGKILL after `timeoutMs`, and stops even a monitor that systemd runs. */
  readonly force: boolean;
}

/** `text` says how the monitor and its services ended, or why it still runs and what to do. */
export interface Stopped {
  readonly ok: boolean;
  readonly text: string;
}

/** The time that systemd allows a service to stop. */
const DEFAULT_MS = 90_000;
const POLL_MS = 50;
const KILL_MS = 5_000;

/** Sends SIGTERM to a monitor, identified by pid and start time, and waits until it is gone. */
export async function stopMonitor(
  stateDir: string,
  holder: Holder,
  {timeoutMs = holder.endMs ?? DEFAULT_MS, force}: StopOptions,
): Promise<Stopped> {
  const {pid, elsewhere} = holder;
  if (elsewhere !== undefined)
    return {
      ok: false,
      text: say`agent2, pid ${pid}, runs on the host ${sanitize(elsewhere, 63)}, in another container or on another machine; stop it there`,
    };
  const startKey = holder.startKey ?? readProcess(pid)?.startKey;
  if (startKey === undefined)
    return {ok: true, text: say`agent2, pid ${pid}, has just ended on its own`};
  const distrust = distrustHolder(stateDir, pid);
  if (distrust !== undefined)
    return {ok: false, text: say`agent2, pid ${pid}, was not stopped: ${distrust}`};
  const unit = unitOf(pid);
  if (unit !== undefined && !force) return {ok: false, text: underSystemd(pid, unit)};
  const before = statusIn(stateDir);
  const isGone = () => {
    const info = sameProcess({pid, startKey});
    return info === undefined || info.state === 'zombie';
  };
  const goneWithin = (ms: number) => until(isGone, {everyMs: POLL_MS, withinMs: ms});
  const startedAt = performance.now();
  const done = (text: string): Stopped => ({ok: true, text: `${text}${fateOf(before)}`});

  if (!isGone() && deliver(pid, 'SIGTERM') === 'refused')
    return {
      ok: false,
      text: say`agent2, pid ${pid}, belongs to another user, so you cannot stop it; try: sudo kill ${pid}`,
    };
  // A suspended process receives SIGTERM only when it continues.
  if (sameProcess({pid, startKey})?.state === 'stopped') deliver(pid, 'SIGCONT');
  if (await goneWithin(timeoutMs))
    return done(say`agent2, pid ${pid}, has stopped in ${elapsed(performance.now() - startedAt)}`);
  if (!force)
    return {
      ok: false,
      text: say`agent2, pid ${pid}, is still there after ${formatDuration(timeoutMs)}${occupationOf(statusIn(stateDir))}; wait longer (--timeout 2m), or kill it: agent2 stop --force --state-dir ${typed([stateDir])}`,
    };
  if (!isGone()) deliver(pid, 'SIGKILL');
  if (!(await goneWithin(KILL_MS)))
    return {
      ok: false,
      text: say`agent2, pid ${pid}, is still there after SIGKILL: it hangs in the kernel`,
    };
  await endChildren(stateDir);
  return done(say`agent2, pid ${pid}, was killed after ${elapsed(performance.now() - startedAt)}`);
}

function underSystemd(pid: number, unit: string): string {
  const name = unit.replace(/^user:/, '');
  const command = `systemctl ${unit === name ? '' : '--user '}stop ${name}`;
  return say`agent2, pid ${pid}, is run by systemd as ${name}, which may start it again; stop it with: ${command} (--force stops just this process)`;
}

/** Ends the children of a killed monitor. */
async function endChildren(stateDir: string): Promise<void> {
  const records = [
    recordOf(join(stateDir, 'service.log')),
    ...recordsBelow(join(stateDir, 'targets')),
  ];
  await Promise.all(records.map(record => endLeftover(record, KILL_MS)));
}

/** Says which services were stopped, and which are no longer watched. */
function fateOf(status: MonitorStatus | undefined): string {
  const targets = status?.targets ?? [];
  const names = (wanted: boolean) =>
    targets.filter(({ownsProcess}) => ownsProcess === wanted).map(({name}) => sanitize(name, 63));
  const [children, others] = [names(true), names(false)];
  const stopped =
    children.length === 1
      ? say`; ${children[0] ?? ''}, which it started, was stopped too`
      : say`; ${children.join(', ')}, which it started, were stopped too`;
  return `${children.length === 0 ? '' : stopped}${others.length === 0 ? '' : say`; nothing watches or heals ${others.join(', ')} now`}`;
}

/** Says what a monitor that does not end is waiting for. */
function occupationOf(status: MonitorStatus | undefined): string {
  if (!status) return '';
  const fixes = status.awaitedFixes.map(name => sanitize(name, 63)).join(', ');
  const children = status.targets
    .filter(({ownsProcess}) => ownsProcess)
    .map(({name}) => sanitize(name, 63));
  const kept =
    children.length === 1
      ? say`; ${children[0] ?? ''}, which it started, has to end first`
      : say`; ${children.join(', ')}, which it started, have to end first`;
  return `${fixes === '' ? '' : say`; it waits for the running fix of ${fixes}`}${children.length === 0 ? '' : kept}`;
}
