import {execFile} from 'node:child_process';
import {readFileSync, readdirSync, readlinkSync} from 'node:fs';
import {setImmediate} from 'node:timers/promises';
import {say} from '../../core/text/say.ts';
import {sanitize} from '../../format/sanitize.ts';
import {errorCode} from '../error-code.ts';
import {parseSocketTable, type ListeningSocket} from './socket-table.ts';
import {describeProcess, readProcess} from '../process/processes.ts';
import {pids} from '../process/procfs.ts';

/** Who listens on a port. `pid` is missing where the process is another user's and hidden from us; `command` then says whose. */
export interface Listener {
  readonly pid?: number;
  readonly command: string;
  readonly uid?: number;
}

/**
 * The process that listens on a TCP port of this machine, as seen by somebody who connects to `host`; undefined when nobody does.
 * Of several processes that share the socket it is the one that opened it. Costs a look at every process: ask it only when something is wrong.
 * Rejects with the reason of `signal` when that is aborted, and with nothing else.
 */
export async function findListener(
  port: number,
  {signal, host}: {readonly signal?: AbortSignal; readonly host?: string} = {},
): Promise<Listener | undefined> {
  signal?.throwIfAborted();
  return process.platform === 'linux' ? findByProcfs(port, host, signal) : findByLsof(port, signal);
}

async function findByProcfs(
  port: number,
  host: string | undefined,
  signal: AbortSignal | undefined,
): Promise<Listener | undefined> {
  const sockets = ['/proc/net/tcp', '/proc/net/tcp6']
    .flatMap(path => parseSocketTable(readText(path), port))
    .filter(socket => isReachedBy(socket.address, host));
  const [first] = sockets;
  if (!first) return undefined;
  const pid = opener(await holders(sockets, signal));
  const description = pid === undefined ? undefined : describeProcess(pid);
  if (description) return {pid, command: description.command, uid: description.uid};
  return {command: say`a process of uid ${first.uid}`, uid: first.uid};
}

/** The addresses of this machine on which somebody listens on that port: `0.0.0.0`, `::1`; none where the system does not tell (it does on Linux). */
export function listeningAddresses(port: number): readonly string[] {
  if (process.platform !== 'linux') return [];
  return [
    ...new Set(
      ['/proc/net/tcp', '/proc/net/tcp6']
        .flatMap(path => parseSocketTable(readText(path), port))
        .map(({address}) => address),
    ),
  ];
}

/** Whether a connection to `host` can end at a socket bound to `address`. A name that is no address might be any of ours. */
function isReachedBy(address: string, host: string | undefined): boolean {
  if (host === undefined || address === '0.0.0.0' || address === '::') return true;
  const bare = host.replace(/^\[(.*)]$/, '$1').replace(/^::ffff:/i, '');
  if (bare === 'localhost') return address.startsWith('127.') || address === '::1';
  return /^[\d.]+$|:/.test(bare) ? address === bare : true;
}

/** Pids that have one of the sockets open, as far as we may look. */
async function holders(
  sockets: readonly ListeningSocket[],
  signal: AbortSignal | undefined,
): Promise<readonly number[]> {
  const names = new Set(sockets.map(socket => `socket:[${socket.inode}]`));
  const found: number[] = [];
  for (const pid of pids()) {
    if (holds(pid, names)) found.push(pid);
    // Between two processes the loop may do what is due: hundreds of them take some milliseconds.
    await setImmediate();
    signal?.throwIfAborted();
  }
  return found;
}

function holds(pid: number, names: ReadonlySet<string>): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some(fd => names.has(linkOf(`/proc/${pid}/fd/${fd}`)));
  } catch (error) {
    if (isHidden(error)) return false;
    throw error;
  }
}

/** A socket is inherited by children: the one whose parent does not have it opened it. Init only holds it for whom it starts (socket activation). */
function opener(holders: readonly number[]): number | undefined {
  const able = holders.filter(pid => pid !== 1);
  return able.find(pid => !able.includes(readProcess(pid)?.ppid ?? 0)) ?? holders[0];
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch (error) {
    if (isHidden(error)) return '';
    throw error;
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch (error) {
    // No such table: IPv6 is off.
    if (isHidden(error)) return '';
    throw error;
  }
}

/** Gone meanwhile, or not ours to see. */
function isHidden(error: unknown): boolean {
  return ['ENOENT', 'ESRCH', 'EACCES', 'EPERM', 'EINVAL'].includes(errorCode(error) ?? '');
}

/** For systems without `/proc`; exported for its test. `host` is not told apart there. */
export async function findByLsof(
  port: number,
  signal: AbortSignal | undefined,
): Promise<Listener | undefined> {
  const output = await new Promise<string>((resolve, reject) => {
    execFile(
      'lsof',
      ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpcu'],
      {encoding: 'utf8', timeout: 5_000, signal},
      (_error, stdout) => {
        // Exit code 1 with no output is how lsof says that nobody listens; without lsof nobody can be found either.
        if (signal?.aborted) reject(signal.reason);
        else resolve(stdout);
      },
    );
  });
  const listeners = parseLsof(output);
  const pid = opener(listeners.flatMap(listener => listener.pid ?? []));
  const found = listeners.find(listener => listener.pid === pid);
  return found && {...found, command: describeProcess(found.pid ?? 0)?.command ?? found.command};
}

/** `lsof -F pcu`: one letter and a value a line, a `p` line beginning each process. */
export function parseLsof(output: string): readonly Listener[] {
  return output
    .split(/^(?=p\d)/m)
    .filter(block => /^p\d/.test(block))
    .map(block => {
      const uid = /^u(\d+)$/m.exec(block)?.[1];
      return {
        pid: Number(/^p(\d+)/.exec(block)?.[1]),
        command: sanitize(/^c(.*)$/m.exec(block)?.[1] ?? ''),
        uid: uid === undefined ? undefined : Number(uid),
      };
    });
}
