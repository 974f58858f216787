import {setTimeout as delay} from 'node:timers/promises';
import type {ProcessIdentity} from '../../core/model/observation.ts';
import {errorCode} from '../error-code.ts';
import {groupMembers, isProcessPresent, readProcess} from './processes.ts';

export type Delivery = 'sent' | 'gone' | 'refused';

/**
 * Sends a signal to one process, or with a negative pid to a group. `refused` is EPERM. A call for pid 0 or 1, every process,
 * this process or its own group is a bug and throws.
 */
export function deliver(pid: number, signal: NodeJS.Signals): Delivery {
  const id = Math.abs(pid);
  if (!Number.isSafeInteger(pid) || id <= 1 || pid === process.pid)
    throw new Error(`refusing to send ${signal} to pid ${pid}`);
  if (pid < 0 && id === ownGroup())
    throw new Error(`refusing to send ${signal} to agent2's own process group ${id}`);
  try {
    process.kill(pid, signal);
    return 'sent';
  } catch (error) {
    if (errorCode(error) === 'ESRCH') return 'gone';
    if (errorCode(error) === 'EPERM') return 'refused';
    throw error;
  }
}

/** Whether the process leads a group other than agent2's own. */
export function leadsGroup(pid: number): boolean {
  return readProcess(pid)?.pgid === pid && pid !== ownGroup();
}

/**
 * Whether a group that `leader` led still has living members. When its number leads a group again under another start
 * time, the old group is gone and the new one is a stranger's.
 */
export function groupIsLeft(leader: ProcessIdentity): boolean {
  const head = readProcess(leader.pid);
  if (leader.pid === ownGroup() || (head && head.startKey !== leader.startKey)) return false;
  if (head?.pgid === leader.pid && head.state !== 'zombie') return true;
  // Reading every process is expensive: done only while the kernel knows the group at all.
  return isProcessPresent(-leader.pid) && groupMembers(leader.pid).length > 0;
}

const POLL_MS = 20;
const KILL_MS = 2_000;

/**
 * Ends the process group that `leader` leads, or led: SIGTERM (and SIGCONT, for suspended members), up to `timeoutMs`, SIGKILL.
 * Resolves to the signal that ended it; `none` for an empty group, `still-there` when a member hangs in the kernel or may not be signalled.
 */
export async function endGroup(
  leader: ProcessIdentity,
  timeoutMs: number,
): Promise<'none' | 'SIGTERM' | 'SIGKILL' | 'still-there'> {
  if (!groupIsLeft(leader)) return 'none';
  if (deliver(-leader.pid, 'SIGTERM') === 'refused') return 'still-there';
  deliver(-leader.pid, 'SIGCONT');
  if (await isEmpty(leader, timeoutMs)) return 'SIGTERM';
  if (groupIsLeft(leader)) deliver(-leader.pid, 'SIGKILL');
  return (await isEmpty(leader, KILL_MS)) ? 'SIGKILL' : 'still-there';
}

async function isEmpty(leader: ProcessIdentity, withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (groupIsLeft(leader)) {
    const leftMs = deadline - performance.now();
    if (leftMs <= 0) return false;
    await delay(Math.min(POLL_MS, leftMs));
  }
  return true;
}

function ownGroup(): number | undefined {
  return readProcess(process.pid)?.pgid;
}
