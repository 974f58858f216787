import type {Text} from '../../core/model/text.ts';
import {execFile} from 'node:child_process';
import {message} from '../../core/text/message.ts';
import {sanitize} from '../../format/sanitize.ts';
import {describeProcess, readProcess} from '../process/processes.ts';
import {batched} from './batched.ts';
import {listeningSockets} from './listening-sockets.ts';
import {holdersOf} from './socket-holders.ts';
import type {ListeningSocket} from './socket-table.ts';

/** The listener on a port. `pid` is missing where another user's process is hidden; `command` then names the user. */
export interface Listener {
  readonly pid?: number;
  readonly command: Text;
  readonly uid?: number;
  /** Every visible process that holds the socket, such as the workers beside `pid`; none where they are hidden. */
  readonly pids: readonly number[];
}

/**
 * The process that listens on a TCP port of this machine, for a client of `host`; undefined when none does.
 * Of several processes that share the socket, returns the one that opened it. Reads every process, so call it only after a fault.
 * Rejects with the reason of `signal` when that is aborted, and with nothing else.
 */
export async function findListener(
  port: number,
  {signal, host}: {readonly signal?: AbortSignal; readonly host?: string} = {},
): Promise<Listener | undefined> {
  signal?.throwIfAborted();
  return process.platform === 'linux'
    ? findByProcfs({port, host}, signal)
    : findByLsof(port, signal);
}

interface Question {
  readonly port: number;
  readonly host: string | undefined;
}

/** One scan of all processes answers all waiting callers, so that many targets cost no more than one. */
const findByProcfs = batched<Question, Listener | undefined>(async (questions, yieldToLoop) => {
  const sockets = await listeningSockets(new Set(questions.map(({port}) => port)), yieldToLoop);
  const reached = questions.map(({port, host}) =>
    sockets.filter(socket => socket.port === port && isReachedBy(socket.address, host)),
  );
  const holders = await holdersOf(new Set(reached.flat().map(({inode}) => inode)), yieldToLoop);
  return reached.map(of => listenerOf(of, holders));
});

function listenerOf(
  sockets: readonly ListeningSocket[],
  holders: ReadonlyMap<string, readonly number[]>,
): Listener | undefined {
  const [first] = sockets;
  if (!first) return undefined;
  const pids = [...new Set(sockets.flatMap(({inode}) => holders.get(inode) ?? []))];
  const pid = opener(pids);
  const description = pid === undefined ? undefined : describeProcess(pid);
  if (description) return {pid, command: description.command, uid: description.uid, pids};
  return {command: message`a process of uid ${first.uid}`, uid: first.uid, pids: []};
}

/** The addresses of this machine with a listener on that port: `0.0.0.0`, `::1`; none where the system does not list them (Linux does). */
export async function listeningAddresses(port: number): Promise<readonly string[]> {
  if (process.platform !== 'linux') return [];
  const sockets = await listeningSockets(new Set([port]));
  return [...new Set(sockets.map(({address}) => address))];
}

/** The addresses to which a client on this machine connects to reach the listeners on that port. */
export async function reachableAddresses(port: number): Promise<readonly string[]> {
  if (process.platform !== 'linux') return ['127.0.0.1', '::1'];
  const addresses = (await listeningAddresses(port))
    .map(address => WILDCARDS[address] ?? address)
    // A link-local address reaches nobody without the interface, which the table of sockets does not tell.
    .filter(address => !address.startsWith('fe80:'));
  return [...new Set(addresses)];
}

const WILDCARDS: Readonly<Record<string, string>> = {'0.0.0.0': '127.0.0.1', '::': '::1'};

/** Whether a connection to `host` can reach a socket bound to `address`. A host name might be any local address. */
export function isReachedBy(address: string, host: string | undefined): boolean {
  if (host === undefined || address === '0.0.0.0' || address === '::') return true;
  const bare = host.replace(/^\[(.*)]$/, '$1').replace(/^::ffff:/i, '');
  if (bare === 'localhost') return address.startsWith('127.') || address === '::1';
  return /^[\d.]+$|:/.test(bare) ? address === bare : true;
}

/** Children inherit a socket: the process whose parent does not have it opened it. Init only holds it for a service (socket activation). */
function opener(holders: readonly number[]): number | undefined {
  const able = holders.filter(pid => pid !== 1);
  return able.find(pid => !able.includes(readProcess(pid)?.ppid ?? 0)) ?? holders[0];
}

/** For systems without `/proc`; exported for its test. Ignores `host` there. */
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
        // lsof exits with code 1 and no output when no process listens; without lsof none can be found either.
        if (signal?.aborted) reject(signal.reason);
        else resolve(stdout);
      },
    );
  });
  const listeners = parseLsof(output);
  const pids = listeners.flatMap(listener => listener.pid ?? []);
  const pid = opener(pids);
  const found = listeners.find(listener => listener.pid === pid);
  return (
    found && {
      ...found,
      pids,
      command: describeProcess(found.pid ?? 0)?.command ?? found.command,
    }
  );
}

/** `lsof -F pcu`: one letter and a value a line, a `p` line beginning each process. */
export function parseLsof(output: string): ReadonlyArray<Omit<Listener, 'pids'>> {
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
