import type {
  PortWord,
  ProcessIdentity,
  ProcessReading,
  ProcessSource,
} from '../../core/model/observation.ts';
import type {Text} from '../../core/model/text.ts';
import {message} from '../../core/text/message.ts';
import {kinOf, type Kin} from '../../io/process/kin.ts';
import {isSame} from '../../io/process/identity.ts';
import {
  belongsTo,
  describeProcess,
  isHidden,
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
  /** Compares the process with the holder of the port, see `ProcessProbe.confirm`. */
  confirm?(signal: AbortSignal, answers: boolean): Promise<FoundProcess | undefined>;
  /** The pid file names a process that cannot be the next run of the service, so that its content is no sign of a restart. */
  isFileMisled?(): boolean;
}

export interface FoundProcess {
  readonly reading: ProcessReading;
  /** An oddity of the pid file while the process itself is known to run. */
  readonly remark?: Text;
  /** Why the pid file is not believed: its content identifies no process, or something contradicts it. */
  readonly distrust?: Text;
}

/** The target's process as it was last seen. Whoever found it says how (`via`). */
export interface KnownProcess {
  /** The last one seen, alive or gone. */
  readonly info: ProcessInfo | undefined;
  readonly via: ProcessSource | undefined;
  /** When it started, in epoch ms. */
  readonly startedAt: number | undefined;
  /** What the port said about it. */
  readonly word: PortWord | undefined;
  /** The last one that proved to be the service: it held the port, or the checks were good while it was the known one. */
  readonly proven: ProvenProcess | undefined;
  /** The relatives of the last known processes, and the last ones themselves, the latest first: some outlive them. */
  readonly kins: readonly Kin[];
  /** The state of one process, which is the known one from here on; undefined when it is gone. */
  see(info: ProcessInfo, via: ProcessSource): ProcessReading | undefined;
  /** Whether its pid file is no proof that root may signal it, from here on a part of its readings. */
  noteUnproven(isUnproven: boolean): void;
  /** Whether it is so, while it is alive and after its end. */
  readonly isUnproven: boolean;
  /** The state of the known one. */
  seeAgain(cheap: boolean): ProcessReading | undefined;
  /** Returns the same object while the state is the same, so that an unchanged reading costs one read of one open file. */
  glanceAt(info: ProcessInfo): ProcessInfo | undefined;
  /** What the port says about the known one, from here on a part of its readings. */
  noteWord(word: PortWord): void;
  /** The known one answered right: another name than the configured one makes it no stranger from here on. */
  noteAnswer(): void;
  /** The checks are good, so that the known one is the service. */
  noteProven(): void;
  /** A process that proved to be one of the target's. */
  noteKin(pid: number): void;
  /** A process that proved to be none of the target's. */
  forget(identity: ProcessIdentity): void;
  owns(pid: number): boolean;
  /** Whether another name than the configured one makes a process another program. */
  lacksName(pid: number): boolean;
  identity(): ProcessIdentity | undefined;
}

interface ProvenProcess extends ProcessIdentity {
  /** In epoch ms, as is the next. */
  readonly startedAt: number;
  /** When it was last seen alive. */
  readonly aliveAt: number;
}

const KEPT_KINS = 4;

export function createKnownProcess(processName: string | undefined): KnownProcess {
  let known: Known | undefined;
  let proven: ProvenProcess | undefined;
  let kins: readonly Kin[] = [];
  let glance: {readonly of: ProcessInfo; readonly handle: Glance} | undefined;
  let last: {readonly info: ProcessInfo; readonly reading: ProcessReading} | undefined;

  return {
    get info() {
      return known?.info;
    },
    get via() {
      return known?.via;
    },
    get startedAt() {
      return known?.startedAt;
    },
    get word() {
      return known?.atPort;
    },
    get isUnproven() {
      return known?.unproven === true;
    },
    get proven() {
      return proven;
    },
    get kins() {
      return kins;
    },
    see,
    seeAgain(cheap) {
      if (!known) return undefined;
      const info = cheap ? glanceAt(known.info) : sameProcess(known.info);
      if (info) return see(info, known.via);
      const {pid} = known.info;
      return isHidden(pid)
        ? {state: 'unknown', reason: message`process ${pid} is hidden from this user`}
        : undefined;
    },
    glanceAt,
    noteWord(word) {
      if (word === 'same' || word === 'relative') noteProven();
      // Once an unrelated process held the port, a free port is no word for this one.
      const isMoot = word === 'nobody' || word === 'hidden';
      if (!known || known.atPort === word || (known.atPort === 'stranger' && isMoot)) return;
      known = {...known, atPort: word};
      last = undefined;
    },
    noteUnproven(isUnproven) {
      if (!known || isUnproven === (known.unproven === true)) return;
      const {unproven: _, ...rest} = known;
      known = isUnproven ? {...rest, unproven: true} : rest;
      last = undefined;
    },
    noteAnswer() {
      if (!known?.mismatch) return;
      known = {...known, mismatch: false, unnamed: processName};
      noteKin(known.info.pid);
      last = undefined;
    },
    noteProven,
    noteKin,
    forget(identity) {
      if (proven && isSame(proven, identity)) proven = undefined;
      if (known && isSame(known.info, identity)) known = last = undefined;
      kins = kins.filter(kin => !isSame(kin, identity));
    },
    owns(pid) {
      if (!known) return processName === undefined || matchesName(pid, processName);
      // A name alone is no ownership: every script of one interpreter has it.
      if (known.mismatch) return processName !== undefined && matchesName(pid, processName);
      return belongsTo(pid, known.info.pid) || isTwin(pid, known);
    },
    lacksName: pid => processName !== undefined && !matchesName(pid, processName),
    identity: () =>
      known && !known.mismatch ? {pid: known.info.pid, startKey: known.info.startKey} : undefined,
  };

  function see(info: ProcessInfo, via: ProcessSource): ProcessReading | undefined {
    if (proven && info.state !== 'zombie' && isSame(proven, info))
      proven = {...proven, aliveAt: Date.now()};
    if (last?.info === info) return last.reading;
    // The same pid with the same start is the same process, whatever it calls itself by now.
    const same = known && isSame(known.info, info) ? known : undefined;
    if (!same || same.via !== via || same.info.name !== info.name || same.mismatch) {
      const description = describeProcess(info.pid);
      if (!description) return undefined;
      const isNamed =
        processName !== undefined &&
        info.state !== 'zombie' &&
        ((same && same.named === true) || matchesName(info.pid, processName));
      const lacksName = processName !== undefined && info.state !== 'zombie' && !isNamed;
      const hasAnswered = same?.unnamed !== undefined;
      known = {
        info,
        via,
        mismatch: lacksName && !hasAnswered,
        ...(lacksName && hasAnswered ? {unnamed: processName} : {}),
        command: description.command,
        startedAt: description.startedAt,
        ...(isNamed ? {named: true} : {}),
        ...(same?.atPort === undefined ? {} : {atPort: same.atPort}),
        ...(same?.unproven && via === 'pid-file' ? {unproven: true as const} : {}),
      };
      if (!known.mismatch) noteKin(info.pid);
    } else {
      known = {...same, info};
    }
    if (via === 'port' && info.state !== 'zombie') noteProven();
    const identity = {pid: info.pid, startKey: info.startKey};
    const {mismatch, command, startedAt, atPort, named, unnamed, unproven} = known;
    const reading: ProcessReading = mismatch
      ? {state: 'mismatch', identity, via, command, wanted: processName ?? ''}
      : {
          state: info.state,
          identity,
          via,
          command,
          startedAt,
          ...(atPort === undefined ? {} : {atPort}),
          ...(named ? {named} : {}),
          ...(unnamed === undefined ? {} : {unnamed}),
          ...(unproven ? {unproven} : {}),
        };
    last = {info, reading};
    return reading;
  }

  function noteProven(): void {
    if (!known || known.mismatch || isSame(proven, known.info)) return;
    const {info, startedAt} = known;
    proven = {pid: info.pid, startKey: info.startKey, startedAt, aliveAt: Date.now()};
  }

  function noteKin(pid: number): void {
    const kin = kinOf(pid);
    if (kin) kins = [kin, ...kins.filter(other => !isSame(other, kin))].slice(0, KEPT_KINS);
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
  readonly named?: true;
  readonly unnamed?: string;
  readonly atPort?: PortWord;
  readonly unproven?: true;
}

/** A worker forked next to the known process: same group, same command line. */
function isTwin(pid: number, known: Known): boolean {
  return (
    readProcess(pid)?.pgid === known.info.pgid && describeProcess(pid)?.command === known.command
  );
}
