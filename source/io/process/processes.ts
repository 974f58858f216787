import type {ProcessIdentity} from '../../core/model/observation.ts';
import {errorCode} from '../error-code.ts';
import type {Glance, ProcessDescription, ProcessInfo} from './process-info.ts';
import * as procfs from './procfs.ts';
import * as ps from './ps.ts';
import {sharedGlance} from './shared-glance.ts';

export type {Glance, ProcessDescription, ProcessInfo} from './process-info.ts';

const platform = process.platform === 'linux' ? procfs : ps;

/** The process with that pid, or undefined when there is none. One read of `/proc` on Linux, one run of `ps` elsewhere. */
export function readProcess(pid: number): ProcessInfo | undefined {
  return isUsablePid(pid) ? platform.readProcess(pid) : undefined;
}

/** Command line, owner and start; undefined when the process is gone. */
export function describeProcess(pid: number): ProcessDescription | undefined {
  return isUsablePid(pid) ? platform.describeProcess(pid) : undefined;
}

/** The process of that identity, never another with the same pid; undefined when it is gone. */
export function sameProcess({pid, startKey}: ProcessIdentity): ProcessInfo | undefined {
  const info = readProcess(pid);
  return info?.startKey === startKey ? info : undefined;
}

/**
 * Reads a known process several times a second; undefined when it is gone already. Where a full reading
 * needs another program, it only checks that the pid still exists, and repeats the known facts.
 */
export function openGlance(known: ProcessInfo): Glance | undefined {
  if (platform === procfs) return sharedGlance(known, () => procfs.openGlance(known));
  return {state: () => (isProcessPresent(known.pid) ? known.state : undefined), close: () => {}};
}

/** Whether the kernel knows the pid, including zombies and other users'; a negative one is a process group. */
export function isProcessPresent(pid: number): boolean {
  if (!isUsablePid(Math.abs(pid))) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ESRCH') return false;
    if (errorCode(error) === 'EPERM') return true;
    throw error;
  }
}

/** Whether a process exists of which nothing can be read: another user's, where `/proc` hides those (`hidepid`). */
export function isHidden(pid: number): boolean {
  return isProcessPresent(pid) && readProcess(pid) === undefined && isProcessPresent(pid);
}

/** The parent, its parent and so on, nearest first. */
export function processAncestors(pid: number): readonly ProcessInfo[] {
  const ancestors: ProcessInfo[] = [];
  let next = readProcess(pid)?.ppid;
  // A chain read while it changes could in theory form a circle.
  while (next !== undefined && next > 0 && ancestors.length < 64) {
    const info = readProcess(next);
    if (info) ancestors.push(info);
    next = info?.ppid;
  }
  return ancestors;
}

/**
 * Whether `pid` is `ours` or one of its family: a descendant, a member of the process group or session that `ours` leads (or
 * led: orphans keep the group), or the parent in the same group that forked `ours` to do its work.
 * A group in which `ours` is a mere member proves nothing: all processes of one script share it.
 */
export function belongsTo(pid: number, ours: number): boolean {
  if (pid === ours) return true;
  const info = readProcess(pid);
  if (!info) return false;
  if (info.pgid === ours || info.sid === ours) return true;
  if (processAncestors(pid).some(ancestor => ancestor.pid === ours)) return true;
  return processAncestors(ours).some(
    ancestor => ancestor.pid === pid && ancestor.pgid === readProcess(ours)?.pgid,
  );
}

/** Whether a name of the program, or of the script that it interprets, contains `wanted`, in any case. False when the process is gone. */
export function matchesName(pid: number, wanted: string): boolean {
  const lower = wanted.toLowerCase();
  return isUsablePid(pid) && platform.namesOf(pid).some(name => name.toLowerCase().includes(lower));
}

/** Whether that process was started in this boot: pids of an earlier boot mean nothing. */
export function isThisBoot({startKey}: ProcessIdentity): boolean {
  return platform.isThisBoot(startKey);
}

/** All processes that can be seen. */
export function listProcesses(): readonly ProcessInfo[] {
  return platform.listProcesses();
}

/** The members of a process group that are not zombies. */
export function groupMembers(pgid: number): readonly ProcessInfo[] {
  return platform.listProcesses().filter(info => info.pgid === pgid && info.state !== 'zombie');
}

function isUsablePid(pid: number): boolean {
  return Number.isSafeInteger(pid) && pid > 0;
}
