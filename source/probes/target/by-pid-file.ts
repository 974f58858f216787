import type {ProcessIdentity, ProcessReading} from '../../core/model/observation.ts';
import type {Text} from '../../core/model/text.ts';
import {message} from '../../core/text/message.ts';
import {withTry} from '../../format/try-text.ts';
import {distrustPlace, foreignText, namesakeText} from '../../io/process/pid-file-trust.ts';
import {readPidFile, type PidFileReading} from '../../io/process/pid-file.ts';
import {identityIn, isSame} from '../../io/process/identity.ts';
import {
  describeProcess,
  isHidden,
  readProcess,
  type ProcessInfo,
} from '../../io/process/processes.ts';
import type {FoundProcess, KnownProcess, ProcessFinder} from './known-process.ts';
import {againstPort} from './against-port.ts';
import type {Lineage} from './lineage.ts';
import type {Candidate, Named} from './named.ts';
import type {TargetPort} from './port-word.ts';
import {createSuccession} from './succession.ts';

/** A service writes its pid file after its start: a process younger than the file by more than this is another one, unless the clock was set. */
const YOUNGER_MS = 60_000;
/** The same where the port tells whether it is that one. */
const YOUNGER_AT_PORT_MS = 5_000;

type NamedPid = Extract<PidFileReading, {kind: 'pid'}>;

export interface PidFileOptions {
  readonly path: string;
  /** The port of this machine at which the target answers. */
  readonly port?: TargetPort;
  /** The target answers at another machine, as a container does: its process may be one that is not seen here. */
  readonly remote?: boolean;
}

/**
 * The process that a pid file names. The quick reading reads the file only when the known process is unhealthy. Where the file and the known
 * process contradict each other, the thorough inspection asks the port.
 */
export function byPidFile(
  {path, port, remote = false}: PidFileOptions,
  known: KnownProcess,
  byPort: ProcessFinder,
  {kinshipOf}: Pick<Lineage, 'kinshipOf'>,
): ProcessFinder {
  /** When the file that named the known process was written. */
  let namedAt: number | undefined;
  let misled = false;
  /** The last answer to the question whether the number is one of another pid namespace. */
  let namesake: {readonly key: string; readonly text: Text | undefined} | undefined;
  /** Why root signals nobody because of the place of the file, asked for one process. */
  let place: (ProcessIdentity & {readonly text: Text | undefined}) | undefined;
  const succession = createSuccession({path, known, kinshipOf});
  const judge =
    port &&
    againstPort({
      path,
      port,
      known,
      byPort,
      believe,
      seeNamed,
      readAgain: () => named(false),
      fits: succession.fits,
    });

  return {
    read() {
      const found = named(true);
      return (judge?.recall(found) ?? found).reading;
    },
    async inspect(signal) {
      const found = named(false);
      return withSpared(
        judge ? (judge.recall(found) ?? (await judge.consult(found, signal))) : found,
      );
    },
    async confirm(signal, answers) {
      const found = await (judge?.confirm ?? proveByAnswer)(signal, answers);
      return found && withSpared(found);
    },
    isFileMisled: () => misled,
  };

  /** Without a port, only the checks tell that the file names the service. */
  async function proveByAnswer(_: AbortSignal, answers: boolean): Promise<undefined> {
    if (answers && known.seeAgain(true)) known.noteProven();
  }

  function named(cheap: boolean): Named {
    const before = known.seeAgain(cheap);
    if (cheap && before?.state === 'alive') return {reading: before};
    misled = false;
    const file = readPidFile(path);
    switch (file.kind) {
      case 'missing':
        return missing(before);
      case 'invalid':
        return invalid(before, file);
      case 'pid':
        return known.info && isAgain(file, before)
          ? again({...known.info, writtenAt: file.writtenAt}, before, file)
          : another(before, file);
    }
  }

  function isAgain({pid}: NamedPid, before: ProcessReading | undefined): boolean {
    return pid === known.info?.pid && before !== undefined && before.state !== 'unknown';
  }

  /** Why the file does not mean the process that has its number here. */
  function mistaken(file: NamedPid, info?: ProcessInfo): Text | undefined {
    const facts = {path, uid: file.uid, writtenAt: file.writtenAt};
    const foreign = info && foreignText(facts, info.pid);
    if (foreign !== undefined) return foreign;
    // Asked once for each writing: the process that is meant may have ended since, and whoever has its number here is none the more the service.
    const key = `${file.writtenAt} ${file.pid}`;
    if (namesake?.key !== key) namesake = {key, text: namesakeText(facts, file.pid)};
    return namesake.text;
  }

  function withSpared(found: FoundProcess): FoundProcess {
    return 'unproven' in found.reading && place?.text !== undefined
      ? {...found, distrust: found.distrust ?? place.text}
      : found;
  }

  /** The file still names the known process. */
  function again(candidate: Candidate, before: ProcessReading | undefined, file: NamedPid): Named {
    const isSaid = known.via === 'pid-file' && file.writtenAt === namedAt;
    const text = isSaid ? undefined : mistaken(file, candidate);
    if (text !== undefined) return doubted(before, text);
    const reading = believe(candidate) ?? ended('left');
    return {reading, distrust: judge?.objection(candidate)};
  }

  /** The file names another process than the known one, or none is known. */
  function another(before: ProcessReading | undefined, file: NamedPid): Named {
    const info = readProcess(file.pid);
    if (!info) return absent(before, file);
    // Same file, same pid, another process: the kernel reused the pid.
    if (
      info.pid === known.info?.pid &&
      info.startKey !== known.info.startKey &&
      file.writtenAt === namedAt
    )
      return {reading: ended('left')};
    const candidate = {...info, writtenAt: file.writtenAt};
    const text = mistaken(file, info);
    misled = text !== undefined || succession.isBystander(info);
    if (text !== undefined)
      return {...doubted(before, text), candidate: {...candidate, doubtful: true}};
    const objection = judge?.objection(candidate);
    if (objection !== undefined)
      return {
        reading:
          before ?? (known.info ? ended('none') : {state: 'unknown' as const, reason: objection}),
        distrust: objection,
        candidate,
      };
    if (isMuchYounger(info.pid, file.writtenAt, port === undefined))
      return {...doubted(before, outdatedText(path, info.pid)), candidate};
    const lives = before !== undefined && before.state !== 'zombie';
    // After its end, one without the configured name is a fault that says all.
    const isTold = !lives && known.lacksName(info.pid);
    const distrust = isTold ? undefined : succession.objection(info, lives);
    if (distrust !== undefined) return {reading: before ?? ended('none'), distrust, candidate};
    // Somebody may have overwritten the file while the service lives on: the port decides between the two.
    if (before && port) return {reading: before, candidate};
    return {
      reading: believe(candidate) ?? {
        state: 'gone',
        via: 'pid-file',
        pid: info.pid,
        pidFile: 'left',
      },
    };
  }

  function missing(before: ProcessReading | undefined): Named {
    const pid = String(known.info?.pid);
    if (!before) return {reading: ended('missing')};
    if (known.via === 'port')
      return {
        reading: before,
        distrust: message`pid file ${path} is missing; process ${pid} was found by its port`,
      };
    return {
      reading: before.state === 'zombie' ? {...before, pidFile: 'missing'} : before,
      remark: message`pid file ${path} is missing, process ${pid} still runs`,
    };
  }

  function invalid(
    before: ProcessReading | undefined,
    {reason, unfinished}: Extract<PidFileReading, {kind: 'invalid'}>,
  ): Named {
    // An empty file may be in the middle of a write; the known process's end shows without it.
    const gone = known.info && !before ? ended('missing') : undefined;
    return {
      reading: gone ?? before ?? {state: 'unknown', reason},
      distrust: unfinished ? undefined : reason,
    };
  }

  /** Nobody with that pid is seen. */
  function absent(before: ProcessReading | undefined, file: NamedPid): Named {
    const {pid} = file;
    if (isHidden(pid)) return doubted(before, hiddenText(path, pid));
    if (before)
      return known.via === 'port'
        ? {reading: before, distrust: deadText(path, pid)}
        : {reading: before};
    const isNew = known.info === undefined;
    const elsewhere = isNew ? mistaken(file) : undefined;
    if (elsewhere !== undefined) return doubted(before, elsewhere);
    if (isNew && remote) return doubted(before, deadText(path, pid));
    return {
      reading:
        isNew || known.via === 'pid-file'
          ? {state: 'gone', via: 'pid-file', pid, pidFile: 'left'}
          : ended('none'),
    };
  }

  /** A file that is not believed says nothing about the known process. */
  function doubted(before: ProcessReading | undefined, distrust: Text): Named {
    const gone = known.info && !before ? ended('left') : undefined;
    return {reading: before ?? gone ?? {state: 'unknown', reason: distrust}, distrust};
  }

  function ended(pidFile: 'left' | 'missing' | 'none'): ProcessReading {
    return known.via === 'port'
      ? {state: 'gone', via: 'port', pid: known.info?.pid, pidFile: 'none'}
      : {state: 'gone', via: 'pid-file', pid: known.info?.pid, pidFile};
  }

  function believe({writtenAt, doubtful: _, ...info}: Candidate): ProcessReading | undefined {
    namedAt = writtenAt;
    return seeNamed(info);
  }

  /** The state of a process that the file names; of a new one, whether root may signal it because of a file at that place. */
  function seeNamed(info: ProcessInfo): ProcessReading | undefined {
    const reading = known.see(info, 'pid-file');
    if (!reading || (isSame(place, info) && place?.text === undefined)) return reading;
    place = {...identityIn(info), text: distrustPlace(path, info.pid)};
    known.noteUnproven(place.text !== undefined);
    return known.seeAgain(false) ?? reading;
  }
}

function isMuchYounger(pid: number, writtenAt: number, isAlone: boolean): boolean {
  const startedAt = describeProcess(pid)?.startedAt;
  return (
    startedAt !== undefined && startedAt > writtenAt + (isAlone ? YOUNGER_MS : YOUNGER_AT_PORT_MS)
  );
}

function outdatedText(path: string, pid: number): Text {
  return withTry(
    message`pid file ${path} is older than process ${pid}, which it names: it was left behind, or the clock was wrong`,
    `ps -o lstart,args -p ${pid}`,
  );
}

function hiddenText(path: string, pid: number): Text {
  return withTry(
    message`pid file ${path} names process ${pid}, which is hidden from this user`,
    `sudo ps -o user,args -p ${pid}`,
  );
}

function deadText(path: string, pid: number): Text {
  return withTry(
    message`pid file ${path} names process ${pid}, which is not to be seen here`,
    `ls -l ${path}`,
  );
}
