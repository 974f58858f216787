import {entriesIn, statsAt} from '../files/directory.ts';
import {basename, dirname, join} from 'node:path';

/** One file of a log: the current one, or an older one. */
export interface LogPart {
  readonly path: string;
  readonly gz: boolean;
  readonly size: number;
  readonly mtimeMs: number;
  readonly ino: number;
  /** 0 for the current file; higher is older. Files named by date come before all numbers. */
  readonly number: number;
}

/** The files of a log, oldest first: `agent2.log-20260127.gz`, `agent2.log.2.gz`, `agent2.log.1`, `agent2.log`. Empty when no file exists. */
export function logFilesOf(path: string): readonly LogPart[] {
  const [directory, name] = [dirname(path), basename(path)];
  return namesIn(directory)
    .filter(each => each.startsWith(name))
    .flatMap(each => partOf(join(directory, each), each.slice(name.length)))
    .sort((a, b) => b.number - a.number || a.mtimeMs - b.mtimeMs || (a.path < b.path ? -1 : 1));
}

/** The rotated file of a log that is meant, whatever its name is by now; `path` is that of any of its files. */
export function rotatedPart(
  path: string,
  isMeant: (part: LogPart) => boolean,
): LogPart | undefined {
  return logFilesOf(path.replace(SUFFIX, '')).find(part => part.number !== 0 && isMeant(part));
}

/** A file of a log that was listed before, under its present name: a rotation or a compression may have moved it meanwhile. */
export function presentPart(listed: LogPart): LogPart {
  const {path, gz, ino, size, mtimeMs} = listed;
  if (statsAt(path)?.ino === ino) return listed;
  // The number of a file that was removed is soon another's.
  const moved = rotatedPart(path, part => part.ino === ino && part.gz === gz);
  if (moved) return {...moved, size};
  // Its compressed copy has its time, to the millisecond.
  return rotatedPart(path, part => part.gz && Math.abs(part.mtimeMs - mtimeMs) < 1) ?? listed;
}

const SUFFIX = /(?:\.\d{1,6}|-\d{8}[\d.-]*)?(?:\.gz)?$/;

function partOf(path: string, suffix: string): readonly LogPart[] {
  const [, number, date, gz] = /^(?:\.(\d{1,6})|(-\d{8}[\d.-]*))?(\.gz)?$/.exec(suffix) ?? [];
  if (suffix !== '' && number === undefined && date === undefined) return [];
  const stats = statsAt(path);
  if (!stats?.isFile()) return [];
  return [
    {
      path,
      gz: gz !== undefined,
      size: stats.size,
      mtimeMs: stats.mtimeMs,
      ino: stats.ino,
      number: date === undefined ? Number(number ?? 0) : Infinity,
    },
  ];
}

function namesIn(directory: string): readonly string[] {
  return entriesIn(directory).map(({name}) => name);
}
