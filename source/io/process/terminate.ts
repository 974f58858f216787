import type {Text} from '../../core/model/text.ts';
import {setTimeout as delay} from 'node:timers/promises';
import type {ProcessIdentity} from '../../core/model/observation.ts';
import {message} from '../../core/text/message.ts';
import {elapsed} from '../../format/elapsed.ts';
import {deliver, groupIsLeft, leadsGroup} from './group.ts';
import {isKernelThread} from './process-surroundings.ts';
import {isProcessPresent, matchesName, readProcess, sameProcess} from './processes.ts';

/** `text` describes the result, e.g. `stopped by SIGTERM in 0.2 s`. */
export type SignalResult = {
  readonly kind: 'done' | 'absent' | 'not-ours' | 'refused' | 'failed';
  readonly text: Text;
};

export interface StopOptions {
  /** The time from SIGTERM to SIGKILL. */
  readonly stopTimeoutMs?: number;
  /** Signal the whole process group where the process leads one. */
  readonly group: boolean;
  /** Do not touch the process unless the name of its program or script contains this. */
  readonly processName?: string;
  readonly signal?: AbortSignal;
}

const LOOK_MS = 25;
/** A killed process vanishes at once unless it hangs in the kernel. */
const KILL_MS = 5_000;

/** Continues a suspended process (SIGCONT), with its whole group where it leads one. */
export function continueProcess(
  identity: ProcessIdentity,
  {processName}: Pick<StopOptions, 'processName'> = {},
): SignalResult {
  const obstacle = obstacleTo(identity, processName);
  if (obstacle) return obstacle;
  const sent = deliver(leadsGroup(identity.pid) ? -identity.pid : identity.pid, 'SIGCONT');
  if (sent === 'sent')
    return {kind: 'done', text: message`process ${identity.pid} was sent SIGCONT`};
  return sent === 'gone' ? absent(identity) : refused(identity, 'SIGCONT');
}

/**
 * Sends SIGTERM, waits up to `stopTimeoutMs`, sends SIGKILL. Verifies before every signal that the pid is still the same
 * process. Returns when it, and with `group` the rest of its group, is gone or a zombie.
 * Rejects with the reason of `signal` when that is aborted, and with nothing else.
 */
export async function stopProcess(
  identity: ProcessIdentity,
  {stopTimeoutMs = 10_000, group, processName, signal}: StopOptions,
): Promise<SignalResult> {
  signal?.throwIfAborted();
  const obstacle = obstacleTo(identity, processName);
  if (obstacle) return obstacle;
  const target: Target = {identity, group: group && leadsGroup(identity.pid)};
  const startedAt = performance.now();
  const done = (name: string): SignalResult => ({
    kind: 'done',
    text: message`stopped by ${name} in ${elapsed(performance.now() - startedAt)}`,
  });

  if (send(target, 'SIGTERM') === 'refused') return refused(identity, 'SIGTERM');
  // A suspended process handles SIGTERM only after it continues.
  if (sameProcess(identity)?.state === 'stopped') send(target, 'SIGCONT');
  if (await isGone(target, stopTimeoutMs, signal)) return done('SIGTERM');
  if (send(target, 'SIGKILL') === 'refused') return refused(identity, 'SIGKILL');
  if (await isGone(target, KILL_MS, signal)) return done('SIGKILL');
  return {
    kind: 'failed',
    text: message`process ${identity.pid} still exists ${elapsed(KILL_MS)} after SIGKILL: it hangs in the kernel`,
  };
}

interface Target {
  readonly identity: ProcessIdentity;
  readonly group: boolean;
}

function send({identity, group}: Target, name: NodeJS.Signals): ReturnType<typeof deliver> {
  if (group) return groupIsLeft(identity) ? deliver(-identity.pid, name) : 'gone';
  return sameProcess(identity) ? deliver(identity.pid, name) : 'gone';
}

async function isGone(
  {identity, group}: Target,
  withinMs: number,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    if (isDead(identity) && !(group && groupIsLeft(identity))) return true;
    const leftMs = deadline - performance.now();
    if (leftMs <= 0) return false;
    await wait(Math.min(LOOK_MS, leftMs), signal);
  }
}

function isDead(identity: ProcessIdentity): boolean {
  if (!isProcessPresent(identity.pid)) return true;
  const info = sameProcess(identity);
  return info === undefined || info.state === 'zombie';
}

/** Rejects with the reason itself, where the timer would reject with an error around it. */
async function wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await delay(ms, undefined, {signal}).catch((error: unknown) => {
    throw signal?.aborted ? signal.reason : error;
  });
}

function obstacleTo(
  identity: ProcessIdentity,
  processName: string | undefined,
): SignalResult | undefined {
  const {pid} = identity;
  if (pid <= 1) return {kind: 'not-ours', text: message`not ours: pid ${pid} is never signalled`};
  if (pid === process.pid)
    return {kind: 'not-ours', text: message`not ours: pid ${pid} is agent2 itself`};
  if (isKernelThread(pid))
    return {kind: 'not-ours', text: message`not ours: process ${pid} is a thread of the kernel`};
  const info = readProcess(pid);
  if (!info || info.state === 'zombie') return absent(identity);
  if (info.startKey !== identity.startKey)
    return {
      kind: 'absent',
      text: message`process ${pid} no longer exists: another process has its pid`,
    };
  if (processName !== undefined && !matchesName(pid, processName))
    return {
      kind: 'not-ours',
      text: message`not ours: process ${pid} is ${info.name}, not ${processName}`,
    };
  return undefined;
}

function absent({pid}: ProcessIdentity): SignalResult {
  return {kind: 'absent', text: message`process ${pid} did not exist`};
}

function refused({pid}: ProcessIdentity, name: string): SignalResult {
  return {
    kind: 'refused',
    text: message`process ${pid} could not be signalled: EPERM for ${name}, it belongs to another user`,
  };
}
