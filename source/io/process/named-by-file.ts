import type {Text} from '../../core/model/text.ts';
import {lstatSync, type Stats} from 'node:fs';
import {message} from '../../core/text/message.ts';
import {withTry} from '../../format/try-text.ts';
import {errorCode} from '../error-code.ts';
import {fileError} from '../files/file-error.ts';
import {distrustPath} from '../files/trusted-path.ts';
import {ownerOf} from './process-surroundings.ts';

/**
 * Why a file of agent2 that names a process (a lock, a card, the record of a child) is no reason to signal it, as a sentence; undefined
 * when it is one: whoever owns the process wrote the file, or root did. As root, nobody else may be able to put a file there. A process that is
 * gone leaves its group, which only root may name to root.
 */
export function distrustNaming(path: string, pid: number): Text | undefined {
  const stats = statsUnlessHidden(path);
  if (!stats) return undefined;
  const isRoot = process.geteuid?.() === 0;
  const owner = ownerOf(pid);
  const other = owner?.uids.find(uid => uid !== stats.uid);
  if (stats.uid !== 0 && (other !== undefined || (isRoot && !owner)))
    return withTry(
      message`${path} belongs to the user ${stats.uid}, and process ${pid}, which it names, to the user ${other ?? 0}: agent2 signals no process because of that file`,
      `ls -l ${path}; ps -o user,args -p ${pid}`,
    );
  const reason = distrustPath(
    path,
    owner ? {owner: {uid: owner.uids[0] ?? 0, gids: owner.gids}} : {},
  );
  return reason === undefined
    ? undefined
    : message`agent2 signals no process because of ${path}: it ${reason}`;
}

/** Undefined also where this user may not look, which is never root: then the file names a process that this user could not signal. */
function statsUnlessHidden(path: string): Stats | undefined {
  try {
    return lstatSync(path, {throwIfNoEntry: false});
  } catch (error) {
    if (errorCode(error) === 'EACCES') return undefined;
    throw fileError(path, error);
  }
}
