import {readFileSync, readlinkSync} from 'node:fs';
import {errorCode} from '../error-code.ts';
import {unlessHidden} from './unless-hidden.ts';

/** The control groups of a process, from `/proc/PID/cgroup`; undefined where unknown. */
export function controlGroups(pid: number): string | undefined {
  return readProc(`/proc/${pid}/cgroup`);
}

/** The process's limit of open files; undefined where unknown. `self` is this process. */
export function openFileLimit(pid: number | 'self'): number | undefined {
  const soft = /^Max open files\s+(\S+)/m.exec(readProc(`/proc/${pid}/limits`) ?? '')?.[1];
  if (soft === undefined) return undefined;
  return soft === 'unlimited' ? Infinity : Number(soft);
}

/** The argument list and the working directory of a process; undefined where unknown or hidden. */
export function startWords(
  pid: number,
): {readonly words: readonly string[]; readonly cwd: string} | undefined {
  const line = readProc(`/proc/${pid}/cmdline`);
  const cwd = unlessHidden(() => readlinkSync(`/proc/${pid}/cwd`));
  if (!line || cwd === undefined) return undefined;
  return {words: line.replace(/\0$/, '').split('\0'), cwd};
}

/** The value of a variable with which a process was started, undefined without it; `hidden` where its environment cannot be read, or was overwritten by a title. */
export function startVariable(
  pid: number,
  name: string,
): {readonly value: string | undefined} | 'hidden' {
  const entries = (readProc(`/proc/${pid}/environ`) ?? '').split('\0').filter(text => text !== '');
  if (!entries.some(text => /^\w+=/.test(text))) return 'hidden';
  return {value: entries.find(text => text.startsWith(`${name}=`))?.slice(name.length + 1)};
}

/** The file of the program that a process runs; undefined where unknown or hidden. An upgrade may have replaced the file since. */
export function programFile(pid: number): string | undefined {
  return unlessHidden(() => readlinkSync(`/proc/${pid}/exe`))?.replace(/ \(deleted\)$/, '');
}

/** The real, effective and saved users of a process, and its group and further groups; undefined where unknown. */
export function ownerOf(
  pid: number,
): {readonly uids: readonly number[]; readonly gids: readonly number[]} | undefined {
  const status = readProc(`/proc/${pid}/status`);
  if (status === undefined) return undefined;
  const numbers = (name: string) =>
    (new RegExp(`^${name}:[ \\t]+(.*)$`, 'm').exec(status)?.[1] ?? '')
      .trim()
      .split(/\s+/)
      .filter(text => text !== '')
      .map(Number);
  return {
    uids: numbers('Uid').slice(0, 3),
    gids: [...numbers('Gid').slice(0, 1), ...numbers('Groups')],
  };
}

/** The kernel's own flag of its threads. */
const PF_KTHREAD = 0x0020_0000;

/** A thread of the kernel, which looks like a process of root. */
export function isKernelThread(pid: number): boolean {
  const stat = readProc(`/proc/${pid}/stat`);
  const flags = Number(stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[6] ?? 0);
  return (flags & PF_KTHREAD) !== 0;
}

/** Whether this process may signal it; sends no signal. */
export function maySignal(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process that is gone needs no permission.
    if (errorCode(error) === 'EPERM') return false;
    if (errorCode(error) === 'ESRCH') return true;
    throw error;
  }
}

function readProc(path: string): string | undefined {
  return unlessHidden(() => readFileSync(path, 'utf8'));
}
