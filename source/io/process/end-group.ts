import {setTimeout as delay} from 'node:timers/promises';
import type {ProcessIdentity} from '../../core/model/observation.ts';
import {deliver, groupIsLeft} from './group.ts';

const LOOK_MS = 20;
const KILL_MS = 2_000;

/**
 * Ends the process group that `leader` leads, or led: SIGTERM (and SIGCONT, for what is suspended), up to `timeoutMs`, SIGKILL.
 * Resolves to the signal that ended it; `none` when nobody was left, `still-there` when something hangs in the kernel or is not ours to signal.
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
    await delay(Math.min(LOOK_MS, leftMs));
  }
  return true;
}
