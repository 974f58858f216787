import {readFileSync, readlinkSync} from 'node:fs';
import {errorCode} from '../error-code.ts';

/** The control groups of a process, as `/proc/PID/cgroup` tells them; undefined where that is not told. */
export function controlGroups(pid: number): string | undefined {
  return readProc(`/proc/${pid}/cgroup`);
}

/** How many files a process may have open at once; undefined where that is not told. `self` is this process. */
export function openFileLimit(pid: number | 'self'): number | undefined {
  const soft = /^Max open files\s+(\S+)/m.exec(readProc(`/proc/${pid}/limits`) ?? '')?.[1];
  if (soft === undefined) return undefined;
  return soft === 'unlimited' ? Infinity : Number(soft);
}

/** The words that a process was started with and the directory it works in; undefined where that is not told, or not to us. */
export function startWords(
  pid: number,
): {readonly words: readonly string[]; readonly cwd: string} | undefined {
  const line = readProc(`/proc/${pid}/cmdline`);
  const cwd = unlessHidden(() => readlinkSync(`/proc/${pid}/cwd`));
  if (!line || cwd === undefined) return undefined;
  return {words: line.replace(/\0$/, '').split('\0'), cwd};
}

/** Whether this process may send it a signal: none is sent. */
export function maySignal(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Who is gone asks for no permission.
    if (errorCode(error) === 'EPERM') return false;
    if (errorCode(error) === 'ESRCH') return true;
    throw error;
  }
}

function readProc(path: string): string | undefined {
  return unlessHidden(() => readFileSync(path, 'utf8'));
}

function unlessHidden<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'EACCES', 'EPERM'].includes(errorCode(error) ?? '')) return undefined;
    throw error;
  }
}
