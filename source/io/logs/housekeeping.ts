import {
  closeSync,
  fstatSync,
  linkSync,
  renameSync,
  rmSync,
  rmdirSync,
  statSync,
  utimesSync,
  type Stats,
} from 'node:fs';
import {basename, dirname, join} from 'node:path';
import {pipeline} from 'node:stream/promises';
import {createGzip} from 'node:zlib';
import {errorCode} from '../error-code.ts';
import {openExclusively, temporaryName, writerOf} from '../files/atomic-file.ts';
import {openToRead, streamFrom, streamInto} from '../files/regular-file.ts';
import {logFilesOf, rotatedPart} from './log-files.ts';
import {readProcess} from '../process/processes.ts';
import {entriesIn, subdirectories, statsAt} from '../files/directory.ts';

/** A file that is no longer useful, or too large. */
export interface Leftover {
  readonly path: string;
  readonly bytes: number;
  readonly mtimeMs: number;
  readonly ino: number;
  readonly why: 'old log' | 'old output' | 'old recording' | 'left by a dead process';
}

const OUTPUTS = ['service.log.1', 'fix-output.log'];
/** Processes of other containers are invisible: files they are still writing are younger than this. */
const TEMPORARY_MS = 3_600_000;

/**
 * What prune removes: rotated logs, outputs and recordings last written before `before`, and temporary files of dead processes. `targets` are
 * the known watched targets: outputs of others are removed whole.
 */
export function leftoversIn(
  stateDir: string,
  {
    before,
    now,
    targets,
  }: {
    readonly before: number;
    readonly now: number;
    readonly targets: readonly string[] | undefined;
  },
): readonly Leftover[] {
  const logs = logFilesOf(join(stateDir, 'agent2.log')).flatMap(({path, number}) =>
    number === 0 ? [] : leftover(path, 'old log'),
  );
  const folders = subdirectories(join(stateDir, 'targets'));
  const gone = folders.filter(
    folder => targets?.includes(basename(folder)) === false && !hasChild(folder),
  );
  const outputs = [stateDir, ...folders]
    .flatMap(folder =>
      gone.includes(folder) ? filesIn(folder) : OUTPUTS.map(name => join(folder, name)),
    )
    .flatMap(path => leftover(path, 'old output'));
  const recordings = leftover(join(stateDir, 'record.jsonl.1'), 'old recording');
  const old = [...logs, ...outputs, ...recordings].filter(({mtimeMs}) => mtimeMs < before);
  const dead = [stateDir, join(stateDir, 'run'), join(stateDir, 'archive'), ...folders]
    .flatMap(filesIn)
    .filter(isFromDeadProcess)
    .flatMap(path => leftover(path, 'left by a dead process'))
    .filter(({mtimeMs}) => mtimeMs < now - TEMPORARY_MS);
  return [...old, ...dead];
}

/** Removes a file; false where another file has its name by now, as after a rotation. Throws other errors of the file system. */
export function removeLeftover({path, ino}: Leftover): boolean {
  const aside = takeAside(path, ino);
  if (aside === undefined) return false;
  rmSync(aside);
  try {
    if (basename(dirname(dirname(path))) === 'targets') rmdirSync(dirname(path));
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST'].includes(errorCode(error) ?? '')) throw error;
  }
  return true;
}

/** The rotated logs without compression. */
export function compressibleIn(
  stateDir: string,
): ReadonlyArray<{readonly path: string; readonly bytes: number; readonly ino: number}> {
  return logFilesOf(join(stateDir, 'agent2.log')).flatMap(({path, gz, number, size, ino}) =>
    gz || number === 0 || size === 0 ? [] : [{path, bytes: size, ino}],
  );
}

/**
 * Replaces a rotated log by `path.gz` with the same time; returns its bytes. Follows the log if it is rotated again meanwhile. At
 * every moment one of the two is whole. Undefined where the log is gone. Throws errors of the file system.
 */
export async function compress(path: string, ino: number): Promise<number | undefined> {
  const packed = temporaryName(`${path}.gz`);
  // Holds the file open from here on: its name may soon be another's.
  const file = openToRead(path);
  try {
    if (fstatSync(file).ino !== ino) return undefined;
    await pipeline(
      streamFrom(file, {autoClose: false, start: 0}),
      createGzip(),
      streamInto(openExclusively(packed, fstatSync(file).mode & 0o777)),
    );
    const part = rotatedPart(path, ({ino: own, gz}) => own === ino && !gz);
    if (!part) return undefined;
    utimesSync(packed, new Date(part.mtimeMs), new Date(part.mtimeMs));
    const {ino: packedIno, size} = statSync(packed);
    renameSync(packed, `${part.path}.gz`);
    const aside = takeAside(part.path, ino);
    if (aside !== undefined) {
      rmSync(aside);
      return size;
    }
    // The log was rotated again at this very moment: keeps it, and removes the compressed copy wherever it went.
    const made = rotatedPart(path, ({ino: own}) => own === packedIno);
    if (made) rmSync(made.path, {force: true});
    return undefined;
  } finally {
    closeSync(file);
    rmSync(packed, {force: true});
  }
}

/** Moves the file to a private name if it is still the same one; else changes nothing. */
function takeAside(path: string, ino: number): string | undefined {
  if (statOf(path)?.ino !== ino) return undefined;
  const aside = temporaryName(path);
  renameSync(path, aside);
  if (statOf(aside)?.ino === ino) return aside;
  linkSync(aside, path);
  rmSync(aside);
  return undefined;
}

function leftover(path: string, why: Leftover['why']): readonly Leftover[] {
  const stats = statOf(path);
  return stats?.isFile()
    ? [{path, bytes: stats.size, mtimeMs: stats.mtimeMs, ino: stats.ino, why}]
    : [];
}

function statOf(path: string): Stats | undefined {
  return statsAt(path);
}

function filesIn(directory: string): readonly string[] {
  return entriesIn(directory)
    .filter(entry => entry.isFile())
    .map(entry => join(directory, entry.name));
}

/** The next run ends leftovers of an earlier run by this record. */
function hasChild(folder: string): boolean {
  return filesIn(folder).some(path => path.endsWith('.pid.json'));
}

/** A file named after the process that writes or wrote it. */
function isFromDeadProcess(path: string): boolean {
  const name = basename(path);
  const card = /^monitor\.(\d{1,10})\.json$/.exec(name)?.[1];
  const pid = writerOf(name) ?? (card === undefined ? undefined : Number(card));
  return pid !== undefined && readProcess(pid) === undefined;
}
