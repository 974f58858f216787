import {
  closeSync,
  createReadStream,
  createWriteStream,
  fstatSync,
  fsyncSync,
  linkSync,
  openSync,
  readdirSync,
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
import {logFilesOf, type LogPart} from './log-files.ts';
import {readProcess} from '../process/processes.ts';
import {subdirectories} from '../files/directory.ts';

/** A file that has no use any more, or too much room. */
export interface Leftover {
  readonly path: string;
  readonly bytes: number;
  readonly mtimeMs: number;
  readonly ino: number;
  readonly why: 'old log' | 'old output' | 'old recording' | 'left by a dead process';
}

const OUTPUTS = ['service.log.1', 'fix-output.log'];
/** A process of another container cannot be seen: what it is just writing is younger than this. */
const TEMPORARY_MS = 3_600_000;

/**
 * What prune takes away: rotated logs, outputs and recordings last written before `before`, and temporary files of processes that are dead. `targets` are
 * those that are watched, as far as that is known: the outputs of others go whole.
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
    .filter(isOfTheDead)
    .flatMap(path => leftover(path, 'left by a dead process'))
    .filter(({mtimeMs}) => mtimeMs < now - TEMPORARY_MS);
  return [...old, ...dead];
}

/** Removes it; false where another file has its name by now, as after a rotation. Throws what else the file system says. */
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

/** The rotated logs that are not compressed yet. */
export function compressibleIn(
  stateDir: string,
): ReadonlyArray<{readonly path: string; readonly bytes: number; readonly ino: number}> {
  return logFilesOf(join(stateDir, 'agent2.log')).flatMap(({path, gz, number, size, ino}) =>
    gz || number === 0 || size === 0 ? [] : [{path, bytes: size, ino}],
  );
}

/**
 * Puts `path.gz` in the place of a rotated log, with its time; the bytes of it. The log may be rotated on meanwhile: then its new name is followed. At
 * every moment one of the two is whole. Undefined where the log is gone. Throws what the file system says.
 */
export async function compress(path: string, ino: number): Promise<number | undefined> {
  const packed = `${path}.gz.${process.pid}.tmp`;
  // Held from here on: the name may be that of another one in a moment.
  const file = openSync(path, 'r');
  try {
    if (fstatSync(file).ino !== ino) return undefined;
    await pipeline(
      createReadStream(path, {fd: file, autoClose: false, start: 0}),
      createGzip(),
      createWriteStream(packed, {mode: 0o644}),
    );
    flush(packed);
    const part = partNow(path, ({ino: own, gz}) => own === ino && !gz);
    if (!part) return undefined;
    utimesSync(packed, new Date(part.mtimeMs), new Date(part.mtimeMs));
    const {ino: packedIno, size} = statSync(packed);
    renameSync(packed, `${part.path}.gz`);
    const aside = takeAside(part.path, ino);
    if (aside !== undefined) {
      rmSync(aside);
      return size;
    }
    // It was rotated on in this very moment: it stays as it is, and what was made of it goes again, wherever it went.
    const made = partNow(path, ({ino: own}) => own === packedIno);
    if (made) rmSync(made.path, {force: true});
    return undefined;
  } finally {
    closeSync(file);
    rmSync(packed, {force: true});
  }
}

/** The file of the same log that is meant, by whatever name it has now. */
function partNow(path: string, isMeant: (part: LogPart) => boolean): LogPart | undefined {
  return logFilesOf(path.replace(/(\.\d+|-[\d.-]+)$/, '')).find(
    part => part.number !== 0 && isMeant(part),
  );
}

function flush(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** The file under a name that nobody else uses, if it is still that one; else everything is as it was. */
function takeAside(path: string, ino: number): string | undefined {
  if (statOf(path)?.ino !== ino) return undefined;
  const aside = `${path}.${process.pid}.tmp`;
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
  return statSync(path, {throwIfNoEntry: false});
}

function filesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory, {withFileTypes: true})
      .filter(entry => entry.isFile())
      .map(entry => join(directory, entry.name));
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EACCES'].includes(errorCode(error) ?? '')) return [];
    throw error;
  }
}

/** What an earlier run had started there is ended by the next one, which finds it by this. */
function hasChild(folder: string): boolean {
  return filesIn(folder).some(path => path.endsWith('.pid.json'));
}

/** A file that is named after a process that writes it, or wrote it. */
function isOfTheDead(path: string): boolean {
  const name = basename(path);
  const [, pid] =
    /\.(\d{1,10})\.tmp(?:\.stale)?$/.exec(name) ?? /^monitor\.(\d{1,10})\.json$/.exec(name) ?? [];
  return pid !== undefined && readProcess(Number(pid)) === undefined;
}
