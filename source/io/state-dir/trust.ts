import type {Text} from '../../core/model/text.ts';
import {lstatSync, statSync, type Stats} from 'node:fs';
import {join} from 'node:path';
import {message} from '../../core/text/message.ts';
import {withTry} from '../../format/try-text.ts';
import {entriesIn, isDirectory} from '../files/directory.ts';
import {distrustFile, distrustPath} from '../files/trusted-path.ts';

const OTHERS_WRITE = 0o002;

/**
 * Why a directory is no place for a monitor of this user, since somebody else may put files there; the reason follows its name. Root takes a
 * directory of its own alone, whatever leads to it. Another user takes a directory of its own, or one of root, as a volume of
 * a container is, which all may write. Undefined for a missing one. Throws errors of the file system.
 */
export function distrustStateDir(path: string, euid = process.geteuid?.()): Text | undefined {
  if (euid === undefined) return undefined;
  if (euid === 0) return distrustPath(path) ?? distrustWithin(path);
  const stats = statSync(path, {throwIfNoEntry: false});
  return stats && (distrustOf(path, stats, euid) ?? distrustRun(path, euid));
}

/** What somebody left in a directory before it was root's. */
function distrustWithin(path: string): Text | undefined {
  for (const directory of [path, join(path, 'targets')])
    for (const entry of waysIn(directory)) {
      const reason = distrustWay(entry);
      if (reason !== undefined) return message`holds ${entry}, which ${reason}`;
    }
  return undefined;
}

/** The directories in a directory, and the links, which may lead to one, now or later. */
function waysIn(path: string): readonly string[] {
  return entriesIn(path)
    .filter(entry => entry.isDirectory() || entry.isSymbolicLink())
    .map(entry => join(path, entry.name));
}

function distrustWay(path: string): Text | undefined {
  const stats = lstatSync(path);
  if (!stats.isSymbolicLink()) return distrustFile(path, stats);
  if (stats.uid !== 0)
    return withTry(
      message`belongs to the user ${stats.uid}, but agent2 runs as root`,
      `ls -ld ${path}`,
    );
  return isDirectory(path) ? distrustPath(path) : undefined;
}

function distrustRun(path: string, euid: number): Text | undefined {
  const run = join(path, 'run');
  const stats = lstatSync(run, {throwIfNoEntry: false});
  const reason = stats && distrustOf(run, stats, euid);
  return reason === undefined ? undefined : message`holds ${run}, which ${reason}`;
}

function distrustOf(path: string, {uid, mode}: Stats, euid: number): Text | undefined {
  if (uid !== euid && uid !== 0)
    return withTry(
      message`belongs to the user ${uid}, and agent2 runs as ${euid}`,
      `ls -ld ${path}`,
    );
  if (uid === euid && mode & OTHERS_WRITE)
    return withTry(
      message`is writable for everybody (mode ${(mode & 0o7777).toString(8)})`,
      `chmod o-w ${path}`,
    );
  return undefined;
}
