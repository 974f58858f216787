import type {ProcessIdentity, ProcessReading, ProcessSource} from '../../core/model/observation.ts';
import type {Text} from '../../core/model/text.ts';
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

/** A way to find the target's process. */
export interface ProcessFinder {
  /** The quick reading, several times a second. */
  read(): ProcessReading;
  /** The thorough inspection, at a check. */
  inspect(signal: AbortSignal): Promise<FoundProcess>;
}

export interface FoundProcess {
  readonly reading: ProcessReading;
  /** An oddity of the pid file while the process itself is known to run. */
  readonly remark?: Text;
  /** Why the pid file cannot be used: its content identifies no process. */
  readonly distrust?: Text;
}

/** The target's process as it was last seen. Whoever found it says how (`via`). */
export interface KnownProcess {
  /** The last one seen, alive or gone. */
  readonly info: ProcessInfo | undefined;
  readonly via: ProcessSource | undefined;
  /** The state of one process, which is the known one from here on; undefined when it is gone. */
  see(info: ProcessInfo, via: ProcessSource): ProcessReading | undefined;
  /** The state of the known one. */
  seeAgain(cheap: boolean): ProcessReading | undefined;
  /** Returns the same object while the state is the same, so that an unchanged reading costs one read of one open file. */
  glanceAt(info: ProcessInfo): ProcessInfo | undefined;
  owns(pid: number): boolean;
  identity(): ProcessIdentity | undefined;
}

export function createKnownProcess(processName: string | undefined): KnownProcess {
  let known: Known | undefined;
  let glance: {readonly of: ProcessInfo; readonly handle: Glance} | undefined;
  let last: {readonly info: ProcessInfo; readonly reading: ProcessReading} | undefined;

  return {
    get info() {
      return known?.info;
    },
    get via() {
      return known?.via;
    },
    see,
    seeAgain(cheap) {
      const info = known && (cheap ? glanceAt(known.info) : sameProcess(known.info));
      return info && known && see(info, known.via);
    },
    glanceAt,
    owns(pid) {
      if (!known) return processName === undefined || matchesName(pid, processName);
      // A name alone is no ownership: every script of one interpreter has it.
      if (known.mismatch) return processName !== undefined && matchesName(pid, processName);
      return belongsTo(pid, known.info.pid) || isTwin(pid, known);
    },
    identity: () =>
      known && !known.mismatch ? {pid: known.info.pid, startKey: known.info.startKey} : undefined,
  };

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

  function glanceAt(info: ProcessInfo): ProcessInfo | undefined {
    if (glance?.of.pid !== info.pid || glance.of.startKey !== info.startKey) {
      glance?.handle.close();
      const handle = openGlance(info);
      glance = handle && {of: info, handle};
    }
    const state = glance?.handle.state();
    if (state !== undefined) return state === info.state ? info : {...info, state};
    glance?.handle.close();
    glance = undefined;
    return undefined;
  }
}

interface Known {
  readonly info: ProcessInfo;
  readonly via: ProcessSource;
  readonly mismatch: boolean;
  readonly command: string;
  readonly startedAt: number;
}

/** A worker forked next to the known process: same group, same command line. */
function isTwin(pid: number, known: Known): boolean {
  return (
    readProcess(pid)?.pgid === known.info.pgid && describeProcess(pid)?.command === known.command
  );
}
