import {readFileSync, readdirSync} from 'node:fs';
import {until} from './until.ts';

/** Sends `signal`; false when there is no such process any more. Throws on anything else. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    process.kill(pid, name);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}

/** The kernel's letter for the state of `pid` (R, S, T, Z …), or undefined when it is gone. Linux only. */
export function processState(pid: number): string | undefined {
  return readIfThere(`/proc/${pid}/stat`)?.replace(/^.*\) /s, '')[0];
}

/** What `pid` and its threads are doing, for the message of a wait in vain: one that hangs at its end is told from one that is slow. */
export function doing(pid: number): string {
  const state = processState(pid);
  if (state === undefined) return `process ${pid} is gone`;
  const threads = namesIn(`/proc/${pid}/task`).map(
    task =>
      `${readIfThere(`/proc/${pid}/task/${task}/comm`)?.trim()} ${readIfThere(`/proc/${pid}/task/${task}/wchan`) ?? ''}`,
  );
  return `process ${pid} (${commandLine(pid).replaceAll('\0', ' ').trim()}) is ${state}; its threads: ${threads.join(', ')}`;
}

/** Pids of those whose parent is `pid`. */
export function childrenOf(pid: number): number[] {
  return allPids().filter(
    child =>
      Number(
        readIfThere(`/proc/${child}/stat`)
          ?.replace(/^.*\) /s, '')
          .split(' ')[1],
      ) === pid,
  );
}

/** Alive: there, and no zombie that nobody has reaped yet. */
export function isAlive(pid: number): boolean {
  const state = processState(pid);
  return state !== undefined && state !== 'Z';
}

/** Pids of all processes, but this one, whose command line contains `text`: only for a text nobody else can have, like the path of a new temporary directory. */
export function processesNaming(text: string): number[] {
  return allPids().filter(
    pid => pid !== process.pid && isAlive(pid) && commandLine(pid).includes(text),
  );
}

/** Ends what still runs with `directory` on its command line, and whatever that starts meanwhile. */
export async function endProcessesNaming(directory: string): Promise<void> {
  await until(
    `no process names ${directory}`,
    () => {
      const left = processesNaming(directory);
      for (const pid of left) signal(pid, 'SIGKILL');
      return left.length === 0;
    },
    {describe: () => processesNaming(directory).map(doing).join('\n')},
  );
}

/** Its words, each ended by a NUL; empty when it is gone. */
export function commandLine(pid: number): string {
  return readIfThere(`/proc/${pid}/cmdline`) ?? '';
}

function allPids(): number[] {
  return namesIn('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(Number);
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    if (isGone(error)) return [];
    throw error;
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

function isGone(error: unknown): boolean {
  return ['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '');
}
