import type {Text} from '../../core/model/text.ts';
import {setTimeout as delay} from 'node:timers/promises';
import type {Probe} from '../../contracts/probe.ts';
import type {ProcessIdentity, ProcessReading, ProcessSource} from '../../core/model/observation.ts';
import {message} from '../../core/text/message.ts';
import {findListener} from '../../io/net/listeners.ts';
import {mayOwn, readPidFile} from '../../io/process/pid-file.ts';
import {
  belongsTo,
  describeProcess,
  matchesName,
  openGlance,
  readProcess,
  sameProcess,
  type Glance,
  type ProcessInfo,
} from '../../io/process/processes.ts';
import {resultOf} from './process-fault.ts';
import {withTry} from '../../format/try-text.ts';

export interface ProcessProbeOptions {
  readonly pidFile?: string;
  /** Part of the command name or command line, in any case; a process without it is another program. */
  readonly processName?: string;
  /** The local port whose listener is the process, when neither pid file nor child names it. */
  readonly port?: number;
  /** agent2's own child, if the target is one: undefined while it does not run. */
  readonly child?: () => ProcessIdentity | undefined;
  /** How the child ended, if it did. */
  readonly childExit?: () => Text | undefined;
  /** Why the last start failed, if it did. */
  readonly childFailure?: () => Text | undefined;
}

export interface ProcessProbe extends Probe {
  /**
   * The cheap look, several times a second: at the known process, and at the pid file only when that one is
   * unhealthy. Only `look` searches for a process by its port.
   */
  read(): ProcessReading;
  /** Whether a process is the target's: itself, its family, or one by its configured name. True while the target's process is unknown. */
  owns(pid: number): boolean;
  /** The target's last known process, alive or gone; undefined before the first sight and for another program. */
  identity(): ProcessIdentity | undefined;
}

/** A service writes its pid file after its start: a process younger than the file by more than this is another one. */
const YOUNGER_MS = 60_000;
/** The pause between searches for an invisible listener. */
const BLIND_MS = 60_000;
const REAP_MS = 5;
const REAP_LOOKS = 20;

/** The identity and the state of the target's process. */
export function createProcessProbe({
  pidFile,
  processName,
  port,
  child,
  childExit,
  childFailure,
}: ProcessProbeOptions): ProcessProbe {
  let known: Known | undefined;
  /** An oddity of the pid file while the process itself is known to run. */
  let remark: Text | undefined;
  /** Why the pid file cannot be used: its content identifies no process. */
  let distrust: Text | undefined;
  /** When the file that named the known process was written. */
  let namedAt: number | undefined;
  let unseen: {readonly reason: Text; readonly until: number} | undefined;
  let glance: {readonly of: ProcessInfo; readonly look: Glance} | undefined;
  let last: {readonly info: ProcessInfo; readonly reading: ProcessReading} | undefined;

  /** The state of one process; undefined when it is gone. */
  function see(info: ProcessInfo, via: ProcessSource): ProcessReading | undefined {
    if (last?.info === info) return last.reading;
    if (
      known?.info.pid !== info.pid ||
      known.info.startKey !== info.startKey ||
      known.info.name !== info.name ||
      known.mismatch
    ) {
      const description = describeProcess(info.pid);
      if (!description) return undefined;
      const mismatch =
        processName !== undefined && info.state !== 'zombie' && !matchesName(info.pid, processName);
      known = {info, via, mismatch, command: description.command, startedAt: description.startedAt};
    } else {
      known = {...known, info};
    }
    const identity = {pid: info.pid, startKey: info.startKey};
    const {mismatch, command, startedAt} = known;
    const reading: ProcessReading = mismatch
      ? {state: 'mismatch', identity, via, command, wanted: processName ?? ''}
      : {state: info.state, identity, via, command, startedAt};
    last = {info, reading};
    return reading;
  }

  /** Returns the same object while the state is the same, so that an unchanged reading costs one read of one open file. */
  function glanceAt(info: ProcessInfo): ProcessInfo | undefined {
    if (glance?.of.pid !== info.pid || glance.of.startKey !== info.startKey) {
      glance?.look.close();
      const look = openGlance(info);
      glance = look && {of: info, look};
    }
    const state = glance?.look.state();
    if (state !== undefined) return state === info.state ? info : {...info, state};
    glance?.look.close();
    glance = undefined;
    return undefined;
  }

  function seeKnown(cheap: boolean): ProcessReading | undefined {
    const info = known && (cheap ? glanceAt(known.info) : sameProcess(known.info));
    return info && known && see(info, known.via);
  }

  function readChild(cheap: boolean): ProcessReading {
    const identity = child?.();
    const same =
      identity && known?.info.pid === identity.pid && known.info.startKey === identity.startKey
        ? known.info
        : undefined;
    const info = cheap && same ? glanceAt(same) : identity && sameProcess(identity);
    // Reads a zombie as alive, since node reaps it within a turn of the loop and only then reports how it ended.
    const reading =
      info && see(info.state === 'zombie' ? {...info, state: 'alive'} : info, 'child');
    if (reading) return reading;
    const exit = childExit?.();
    const startFailure = identity ? undefined : childFailure?.();
    if (!identity && exit === undefined && startFailure === undefined)
      return {state: 'unknown', reason: message`it was not started yet`};
    return {
      state: 'gone',
      via: 'child',
      pid: identity?.pid ?? known?.info.pid,
      pidFile: 'none',
      exit,
      ...(startFailure === undefined ? {} : {startFailure}),
    };
  }

  function readByPidFile(path: string, cheap: boolean): ProcessReading {
    const before = known?.via === 'pid-file' ? seeKnown(cheap) : undefined;
    if (cheap && before?.state === 'alive') return before;
    const file = readPidFile(path);
    remark =
      before && file.kind === 'missing'
        ? message`pid file ${path} is missing, process ${String(known?.info.pid)} is still there`
        : undefined;
    distrust = file.kind === 'invalid' && !file.unfinished ? file.reason : undefined;
    if (file.kind === 'missing')
      return before ?? {state: 'gone', via: 'pid-file', pid: known?.info.pid, pidFile: 'missing'};
    if (file.kind === 'invalid') {
      // An empty file may be in the middle of a write; the known process's end shows without it.
      if (known && !before)
        return {state: 'gone', via: 'pid-file', pid: known.info.pid, pidFile: 'missing'};
      return before ?? {state: 'unknown', reason: file.reason};
    }
    if (before && file.pid === known?.info.pid) {
      namedAt = file.writtenAt;
      return before;
    }
    const info = readProcess(file.pid);
    if (!info) return before ?? {state: 'gone', via: 'pid-file', pid: file.pid, pidFile: 'left'};
    // Same file, same pid, another process: the kernel reused the pid.
    if (
      known &&
      info.pid === known.info.pid &&
      info.startKey !== known.info.startKey &&
      file.writtenAt === namedAt
    )
      return {state: 'gone', via: 'pid-file', pid: file.pid, pidFile: 'left'};
    const doubt = doubtAbout(info, file);
    distrust = doubt && message`pid file ${path} ${doubt}`;
    // A leftover pid file may name another process with a reused pid: it says nothing about the known one.
    if (doubt && known)
      return before ?? {state: 'gone', via: 'pid-file', pid: known.info.pid, pidFile: 'left'};
    if (distrust !== undefined) return {state: 'unknown', reason: distrust};
    namedAt = file.writtenAt;
    return (
      see(info, 'pid-file') ?? {state: 'gone', via: 'pid-file', pid: file.pid, pidFile: 'left'}
    );
  }

  function readByPort(): ProcessReading {
    const reading = seeKnown(true);
    if (reading) return reading;
    if (known) return {state: 'gone', via: 'port', pid: known.info.pid, pidFile: 'none'};
    return {
      state: 'unknown',
      reason:
        port === undefined
          ? message`neither pid file nor port tells which process it is`
          : (unseen?.reason ?? message`nothing was seen listening on port ${port} yet`),
    };
  }

  async function searchPort(wanted: number, signal: AbortSignal): Promise<ProcessReading> {
    const reading = seeKnown(false);
    if ((reading && reading.state !== 'zombie') || (unseen && performance.now() < unseen.until))
      return reading ?? readByPort();
    const listener = await findListener(wanted, {signal});
    unseen = undefined;
    const info = listener?.pid === undefined ? undefined : readProcess(listener.pid);
    const stranger =
      info !== undefined && processName !== undefined && !matchesName(info.pid, processName);
    if (info && !stranger) return see(info, 'port') ?? readByPort();
    if (listener) {
      const who =
        listener.pid === undefined
          ? listener.command
          : message`process ${listener.pid} (${listener.command})`;
      unseen = {
        reason: message`port ${wanted} is held by ${who}`,
        until: performance.now() + (stranger ? 0 : BLIND_MS),
      };
    }
    return readByPort();
  }

  /** A child that has just died lost its connections a moment before its exit event. */
  async function untilReaped(): Promise<void> {
    const isDead = () => {
      const identity = child?.();
      return identity !== undefined && sameProcess(identity)?.state === 'zombie';
    };
    for (let looks = 0; looks < REAP_LOOKS && isDead(); looks++) await delay(REAP_MS);
  }

  function read(cheap: boolean): ProcessReading {
    if (child) return readChild(cheap);
    return pidFile === undefined ? readByPort() : readByPidFile(pidFile, cheap);
  }

  return {
    kind: 'process',
    read: () => read(true),
    look: async ({signal}) => {
      const byPort = !child && pidFile === undefined && port !== undefined;
      await untilReaped();
      const reading = byPort ? await searchPort(port, signal) : read(false);
      return resultOf(reading, {pidFile, remark, distrust});
    },
    owns(pid) {
      if (!known) return processName === undefined || matchesName(pid, processName);
      if (!known.mismatch && (belongsTo(pid, known.info.pid) || isTwin(pid, known))) return true;
      return processName !== undefined && matchesName(pid, processName);
    },
    identity: () =>
      known && !known.mismatch ? {pid: known.info.pid, startKey: known.info.startKey} : undefined,
  };
}

interface Known {
  readonly info: ProcessInfo;
  readonly via: ProcessSource;
  readonly mismatch: boolean;
  readonly command: string;
  readonly startedAt: number;
}

/** Why a pid file's process is not trusted: it says nothing about the service, and no process may be signalled. */
function doubtAbout(
  info: ProcessInfo,
  file: {readonly uid: number; readonly writtenAt: number},
): Text | undefined {
  if (!mayOwn(info.pid, file.uid))
    return withTry(
      message`names process ${info.pid}, which is neither ours nor of the file's owner (uid ${file.uid})`,
      `ps -o user,args -p ${info.pid}`,
    );
  const startedAt = describeProcess(info.pid)?.startedAt;
  if (startedAt !== undefined && startedAt > file.writtenAt + YOUNGER_MS)
    return withTry(
      message`is older than process ${info.pid}, which it names: it was left behind, or the clock was wrong`,
      `ps -o lstart,args -p ${info.pid}`,
    );
  return undefined;
}

/** A worker forked next to the known process: same group, same command line. */
function isTwin(pid: number, known: Known): boolean {
  return (
    readProcess(pid)?.pgid === known.info.pgid && describeProcess(pid)?.command === known.command
  );
}
