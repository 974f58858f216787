import {spawnSync} from 'node:child_process';
import {readlinkSync, statSync} from 'node:fs';
import {hostname, uptime} from 'node:os';
import type {MonitorCard} from '../../documents/monitor-card.ts';
import {errorCode} from '../error-code.ts';
import {readProcess} from '../process/processes.ts';
import {socketName} from '../socket/socket-path.ts';
import {cardPath} from './card.ts';

/** Where the pid in a card means a process. */
export type Place = Pick<MonitorCard, 'host' | 'boot' | 'pidNamespace'>;

/** How often a monitor renews its card, and for how long a card that nobody renews still counts. */
export const BEAT_MS = 10_000;
const STALE_MS = 60_000;
/** A monitor opens its control socket within this time. */
const OPENS_MS = 5_000;

let known: Place | undefined;

/** The place of this process. */
export function ownPlace(): Place {
  known ??= {
    host: hostname(),
    boot: readProcess(process.pid)?.startKey.split('@')[1],
    pidNamespace: textOf(() => readlinkSync('/proc/self/ns/pid')),
  };
  return known;
}

/** Whether the pid of a card means nothing here: it counts in another pid namespace, or on another machine. */
export function isElsewhere(card: Place, here = ownPlace()): boolean {
  if (card.host === undefined) return false;
  // A name of a host may change, and containers may share one.
  if (card.boot === undefined || here.boot === undefined) return card.host !== here.host;
  return card.boot !== here.boot || card.pidNamespace !== here.pidNamespace;
}

export type Life = 'lives' | 'ended' | 'maybe';

/**
 * Whether the monitor of a card elsewhere lives. The kernel knows who listens on a control socket, whatever the namespace, and frees it at the
 * death of the process. Another machine is known only by the time when it last renewed its card. `maybe`: ask again in a moment.
 */
export function lifeElsewhere(stateDir: string, card: MonitorCard, here = ownPlace()): Life {
  const renewedAt = statSync(cardPath(stateDir, card.pid), {throwIfNoEntry: false})?.mtimeMs ?? 0;
  const ageMs = Date.now() - renewedAt;
  if (card.boot === here.boot) {
    const socket = askSocket(socketName(stateDir));
    if (socket === 'listens') return 'lives';
    if (socket === 'refuses') return ageMs < OPENS_MS ? 'maybe' : 'ended';
  } else if (
    card.host === here.host &&
    (renewedAt < Date.now() - uptime() * 1000 || ageMs < -STALE_MS)
  ) {
    // It was this machine before a reboot, after which a clock without a battery may be behind.
    return 'ended';
  }
  return ageMs < STALE_MS ? 'lives' : 'ended';
}

const CONNECT = `require('node:net').connect(process.argv[1]).on('connect', () => process.exit(10)).on('error', ({code}) => process.exit({EAGAIN: 10, ECONNREFUSED: 11}[code] ?? 12))`;

/** A machine that is short of CPU needs seconds to start a process. */
const ASK_MS = 20_000;

/** Asked by a process of its own, since taking a lock cannot wait for events; only while a card of elsewhere is in the way. */
function askSocket(path: string): 'listens' | 'refuses' | 'unknown' {
  const {status} = spawnSync(process.execPath, ['-e', CONNECT, path], {
    env: {},
    stdio: 'ignore',
    timeout: ASK_MS,
  });
  return status === 10 ? 'listens' : status === 11 ? 'refuses' : 'unknown';
}

/** Undefined where the system has no such fact. */
function textOf(read: () => string): string | undefined {
  try {
    return read();
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return undefined;
  }
}
