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

/** Alive: there, and no zombie that nobody has reaped yet. */
export function isAlive(pid: number): boolean {
  const state = processState(pid);
  return state !== undefined && state !== 'Z';
}

/** Pids of all processes, but this one, whose command line contains `text`: only for a text nobody else can have, like the path of a new temporary directory. */
export function processesNaming(text: string): number[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map(Number)
    .filter(pid => isAlive(pid) && readIfThere(`/proc/${pid}/cmdline`)?.includes(text));
}

/** Ends what still runs with `directory` on its command line, and whatever that starts meanwhile. */
export async function endProcessesNaming(directory: string): Promise<void> {
  await until(`no process names ${directory}`, () => {
    const left = processesNaming(directory);
    for (const pid of left) signal(pid, 'SIGKILL');
    return left.length === 0;
  });
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}
