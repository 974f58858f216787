import {setImmediate} from 'node:timers/promises';
import type {HangLook} from '../../core/check/hang.ts';
import {cpuTimeOf, machinePressure, switchesOf, threadsOf} from '../process/activity.ts';
import {listProcesses} from '../process/procfs.ts';
import type {ProcessInfo} from '../process/process-info.ts';
import {batched} from './batched.ts';
import {isReachedBy} from './listeners.ts';
import {socketsOfPort} from './listening-sockets.ts';
import {holdersOf} from './socket-holders.ts';
import type {SocketRow} from './socket-table.ts';

/** Both ends of our connection; without `local` it is not established. */
export interface ConnectionEnds {
  readonly local?: Address;
  readonly remote: Address;
}

interface Address {
  readonly address: string;
  readonly port: number;
}

/** What the looks themselves show; whether a second request stayed unanswered the caller knows. */
type SocketLook = Omit<HangLook, 'repeated'>;

/** Takes the second look; undefined where the looks prove nothing, such as when a process of the service ended. */
export type SecondLook = () => Promise<SocketLook | undefined>;

interface Family {
  /** The processes that could accept a connection. */
  readonly acceptors: readonly number[];
  /** They and all that they started. */
  readonly all: readonly number[];
}

/** The target's process as far as it is known, and whether another process belongs to it. */
export interface OwnProcess {
  pid(): number | undefined;
  owns(pid: number): boolean;
}

/**
 * Looks at the service behind a late answer, from the machine's own tables: what its sockets hold, and what its processes do. Undefined where that
 * cannot be seen: on other systems than Linux, for a service in another network or behind a process that is not the target's, while the target's
 * process is unknown, and for processes hidden from this user. Reads every process, so call it only for a late answer.
 */
export async function lookAtHang(
  ends: ConnectionEnds,
  own: OwnProcess,
  signal: AbortSignal,
): Promise<SecondLook | undefined> {
  const known = own.pid();
  if (process.platform !== 'linux' || known === undefined) return undefined;
  const rows = await socketsOfPort(ends.remote.port);
  const listening = listenersOf(rows, ends);
  if (listening.length === 0) return undefined;
  const {acceptors, all} = await familyOf(listening, known, signal);
  if (acceptors.length === 0 || !acceptors.some(own.owns)) return undefined;
  const accepted = acceptedOf(rows);
  const cpuBefore = cpuOf(all);
  const switches = acceptors.map(switchesOf);
  const startedAt = performance.now();

  return async () => {
    const rowsNow = await socketsOfPort(ends.remote.port);
    const listeningNow = listenersOf(rowsNow, ends);
    const request = requestOf(rowsNow, ends);
    const cpuAfter = cpuOf(all);
    const threads = acceptors.map((pid, index) => {
      const before = switches[index];
      return before && threadsOf(pid, before);
    });
    if (
      request === undefined ||
      cpuBefore === undefined ||
      cpuAfter === undefined ||
      listeningNow.length !== listening.length ||
      threads.includes(undefined)
    )
      return undefined;
    return {
      overMs: performance.now() - startedAt,
      request,
      queues: listeningNow.map(({queued}) => queued),
      serves: [...acceptedOf(rowsNow)].some(connection => !accepted.has(connection)),
      cpuMs: cpuAfter - cpuBefore,
      threads: threads.flatMap(of => of ?? []),
      pressure: machinePressure(),
    };
  };
}

/** The processes behind the sockets. Those near the known one are looked at first, since a scan of all takes long on a busy machine. */
async function familyOf(
  sockets: readonly SocketRow[],
  known: number,
  signal: AbortSignal,
): Promise<Family> {
  const inodes = new Set(sockets.map(({inode}) => inode));
  const processes = listProcesses();
  const near = await holdersOf(inodes, () => setImmediate(), relativesOf(known, processes));
  const holders = near.size === inodes.size ? near : await holdersOfAll(inodes, signal);
  // Init only holds a socket for a service (socket activation).
  const able = [...new Set([...holders.values()].flat())].filter(pid => pid !== 1);
  const parents = new Set(processes.flatMap(({pid, ppid}) => (able.includes(pid) ? ppid : [])));
  return {
    // A parent that shares its socket leaves the accepting to its children.
    acceptors: able.filter(pid => !parents.has(pid)),
    all: withDescendants(able, processes),
  };
}

/** One scan of all processes answers all waiting callers. */
const holdersOfAll = batched<ReadonlySet<string>, ReadonlyMap<string, readonly number[]>>(
  async (questions, yieldToLoop) => {
    const all = await holdersOf(new Set(questions.flatMap(asked => [...asked])), yieldToLoop);
    return questions.map(asked => new Map([...all].filter(([inode]) => asked.has(inode))));
  },
);

/** The process, its parent, all of its group and session, and what they started. */
function relativesOf(pid: number, processes: readonly ProcessInfo[]): readonly number[] {
  const of = processes.find(info => info.pid === pid);
  const near = processes.filter(
    info =>
      info.pid === pid || info.pid === of?.ppid || info.pgid === of?.pgid || info.sid === of?.sid,
  );
  return withDescendants(
    near.flatMap(info => (info.pid === 1 ? [] : info.pid)),
    processes,
  );
}

function withDescendants(
  pids: readonly number[],
  processes: readonly ProcessInfo[],
): readonly number[] {
  const family = new Set(pids);
  for (let size = 0; size < family.size;) {
    size = family.size;
    for (const {pid, ppid} of processes) if (family.has(ppid)) family.add(pid);
  }
  return [...family];
}

/** A host name might be any local address. */
function listenersOf(rows: readonly SocketRow[], {remote}: ConnectionEnds): readonly SocketRow[] {
  return rows.filter(({listens, address}) => listens && isReachedBy(address, remote.address));
}

/** Undefined when the other end of our connection is not on this machine, or in another network of it. */
function requestOf(
  rows: readonly SocketRow[],
  {local, remote}: ConnectionEnds,
): HangLook['request'] | undefined {
  if (!local) return 'unaccepted';
  const row = rows.find(
    ({listens, address, peer}) =>
      !listens &&
      peer.port === local.port &&
      peer.address === local.address &&
      address === remote.address,
  );
  if (!row) return undefined;
  return row.inode === '0' ? 'unaccepted' : row.queued > 0 ? 'unread' : 'read';
}

function acceptedOf(rows: readonly SocketRow[]): ReadonlySet<string> {
  return new Set(
    rows
      .filter(({listens, inode}) => !listens && inode !== '0')
      .map(({address, peer}) => `${address} ${peer.address} ${peer.port}`),
  );
}

/** Undefined when one of the processes ended, and so did something. */
function cpuOf(pids: readonly number[]): number | undefined {
  const times = pids.map(cpuTimeOf);
  return times.includes(undefined) ? undefined : times.reduce((sum = 0, ms = 0) => sum + ms, 0);
}
