import type {ProcessReading} from '../../core/model/observation.ts';
import type {Text} from '../../core/model/text.ts';
import {message} from '../../core/text/message.ts';
import {withTry} from '../../format/try-text.ts';
import {mayOwn, readPidFile} from '../../io/process/pid-file.ts';
import {describeProcess, readProcess, type ProcessInfo} from '../../io/process/processes.ts';
import type {FoundProcess, KnownProcess, ProcessFinder} from './known-process.ts';

/** A service writes its pid file after its start: a process younger than the file by more than this is another one. */
const YOUNGER_MS = 60_000;

/** The process that a pid file names. The quick reading reads the file only when the known process is unhealthy. */
export function byPidFile(path: string, known: KnownProcess): ProcessFinder {
  /** When the file that named the known process was written. */
  let namedAt: number | undefined;

  return {read: () => find(true).reading, inspect: async () => find(false)};

  function find(cheap: boolean): FoundProcess {
    const before = known.via === 'pid-file' ? known.seeAgain(cheap) : undefined;
    if (cheap && before?.state === 'alive') return {reading: before};
    const file = readPidFile(path);
    if (file.kind === 'missing')
      return {
        reading:
          before?.state === 'zombie'
            ? {...before, pidFile: 'missing'}
            : (before ?? gone(known.info?.pid, 'missing')),
        remark:
          before &&
          message`pid file ${path} is missing, process ${String(known.info?.pid)} still runs`,
      };
    if (file.kind === 'invalid') {
      // An empty file may be in the middle of a write; the known process's end shows without it.
      const ended = known.info && !before ? gone(known.info.pid, 'missing') : undefined;
      return {
        reading: ended ?? before ?? {state: 'unknown', reason: file.reason},
        distrust: file.unfinished ? undefined : file.reason,
      };
    }
    if (before && file.pid === known.info?.pid) {
      namedAt = file.writtenAt;
      return {reading: before};
    }
    const info = readProcess(file.pid);
    if (!info) return {reading: before ?? gone(file.pid, 'left')};
    // Same file, same pid, another process: the kernel reused the pid.
    if (
      info.pid === known.info?.pid &&
      info.startKey !== known.info.startKey &&
      file.writtenAt === namedAt
    )
      return {reading: gone(file.pid, 'left')};
    const doubt = doubtAbout(info, file);
    if (doubt !== undefined) {
      const distrust = message`pid file ${path} ${doubt}`;
      // A leftover pid file may name another process with a reused pid: it says nothing about the known one.
      const reading = known.info
        ? (before ?? gone(known.info.pid, 'left'))
        : ({state: 'unknown', reason: distrust} as const);
      return {reading, distrust};
    }
    namedAt = file.writtenAt;
    return {reading: known.see(info, 'pid-file') ?? gone(file.pid, 'left')};
  }
}

function gone(pid: number | undefined, pidFile: 'left' | 'missing'): ProcessReading {
  return {state: 'gone', via: 'pid-file', pid, pidFile};
}

/** Why a pid file's process is not trusted: it says nothing about the service, and no process may be signalled. */
function doubtAbout(
  info: ProcessInfo,
  file: {readonly uid: number; readonly writtenAt: number},
): Text | undefined {
  if (!mayOwn(info.pid, file.uid))
    return withTry(
      message`names process ${info.pid}, which belongs neither to us nor to the file's owner (uid ${file.uid})`,
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
