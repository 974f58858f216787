import {readdirSync, readFileSync, readlinkSync} from 'node:fs';
import type {OpenPort} from '../../contracts/probe.ts';
import {isReachedBy} from './listeners.ts';
import {parseSocketTable} from './socket-table.ts';
import {peerOf} from './tcp.ts';

/** Of a fork bomb the first are enough. */
const MOST_PROCESSES = 64;
/** Debuggers listen there. */
const NOT_OF_THE_SERVICE = [9229, 9230, 5678, 5005];

/**
 * The TCP ports on which a process and its descendants listen, in order; none where the system does not show them. A connection to `host` tells which
 * of them are reached.
 */
export function portsOfProcess(pid: number, host: string): readonly OpenPort[] {
  const found = new Map<string, OpenPort>();
  const pids = [pid];
  for (let index = 0; index < pids.length && index < MOST_PROCESSES; index++) {
    const each = pids[index] ?? 0;
    const inodes = socketsOf(each);
    if (inodes.size > 0)
      for (const table of ['tcp', 'tcp6'])
        for (const line of read(`/proc/${each}/net/${table}`).split('\n').slice(1)) {
          const inode = line.trim().split(/\s+/)[9] ?? '';
          const [socket] = inodes.has(inode) ? parseSocketTable([line]) : [];
          if (socket === undefined) continue;
          const isReached = isReachedBy(socket.address, host);
          const where = isReached ? String(socket.port) : peerOf(socket.address, socket.port);
          found.set(where, {port: socket.port, where, isReached});
        }
    pids.push(
      ...read(`/proc/${each}/task/${each}/children`).split(' ').filter(Boolean).map(Number),
    );
  }
  return [...found.values()]
    .filter(({port}) => !NOT_OF_THE_SERVICE.includes(port))
    .sort((a, b) => a.port - b.port);
}

function socketsOf(pid: number): ReadonlySet<string> {
  try {
    return new Set(
      readdirSync(`/proc/${pid}/fd`).flatMap(fd => {
        const inode = /^socket:\[(\d+)\]$/.exec(linkOf(`/proc/${pid}/fd/${fd}`))?.[1];
        return inode === undefined ? [] : [inode];
      }),
    );
  } catch {
    // It ended meanwhile, or belongs to somebody else.
    return new Set();
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

/** Empty for a process that is gone or hidden. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
