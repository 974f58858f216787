import {readdirSync, readlinkSync} from 'node:fs';
import {errorCode} from '../error-code.ts';
import {pids} from '../process/procfs.ts';
import type {YieldToLoop} from './pace.ts';

const FILES_A_SLICE = 32;

/** Which of `among`, all visible pids unless given, hold each of the sockets open, by inode; reads every open file of them. */
export async function holdersOf(
  inodes: ReadonlySet<string>,
  yieldToLoop: YieldToLoop,
  among: Iterable<number> = pids(),
): Promise<ReadonlyMap<string, readonly number[]>> {
  const holders = new Map<string, number[]>();
  if (inodes.size === 0) return holders;
  for (const pid of among) {
    const held = new Set<string>();
    for (const [index, file] of filesOf(pid).entries()) {
      const inode = socketOf(`/proc/${pid}/fd/${file}`);
      if (inode !== undefined && inodes.has(inode)) held.add(inode);
      if (index % FILES_A_SLICE === 0) await yieldToLoop();
    }
    for (const inode of held) {
      const of = holders.get(inode);
      if (of) of.push(pid);
      else holders.set(inode, [pid]);
    }
  }
  return holders;
}

/** The inodes of the sockets that a process has open; none where they are hidden. */
export function socketsOf(pid: number): readonly string[] {
  return filesOf(pid).flatMap(file => socketOf(`/proc/${pid}/fd/${file}`) ?? []);
}

function filesOf(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`);
  } catch (error) {
    if (isHidden(error)) return [];
    throw error;
  }
}

/** The inode of a socket; undefined for another file. */
function socketOf(file: string): string | undefined {
  try {
    const link = readlinkSync(file);
    return link.startsWith('socket:[') ? link.slice('socket:['.length, -1) : undefined;
  } catch (error) {
    if (isHidden(error)) return undefined;
    throw error;
  }
}

/** The process is gone meanwhile, or hidden. */
function isHidden(error: unknown): boolean {
  return ['ENOENT', 'ESRCH', 'EACCES', 'EPERM', 'EINVAL'].includes(errorCode(error) ?? '');
}
