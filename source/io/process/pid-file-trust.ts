import type {Text} from '../../core/model/text.ts';
import {message} from '../../core/text/message.ts';
import {withTry} from '../../format/try-text.ts';
import {distrustPath} from '../files/trusted-path.ts';
import {namesakeInside, type NumberFile} from './pid-namespaces.ts';
import {isKernelThread, ownerOf} from './process-surroundings.ts';

/**
 * Why a pid file cannot mean the process with that number here, as a sentence: it is the kernel's, or another user's than the file. A file of root may name a process of any user, as `start-stop-daemon` writes it.
 */
export function foreignText({path, uid}: NumberFile, pid: number): Text | undefined {
  if (isKernelThread(pid))
    return withTry(
      message`pid file ${path} names process ${pid}, a thread of the kernel: agent2 signals no process because of that file`,
      `ps -fp ${pid}`,
    );
  const owner = ownerOf(pid);
  const other = owner?.uids.find(each => each !== uid);
  if (uid !== 0 && other !== undefined)
    return withTry(
      message`pid file ${path} belongs to the user ${uid}, and process ${pid}, which it names, to the user ${other}: agent2 signals no process because of that file`,
      `ps -o user,args -p ${pid}`,
    );
  return undefined;
}

/** Why the number in a pid file may be one of another pid namespace, whoever has it here. */
export function namesakeText(file: NumberFile, pid: number): Text | undefined {
  const inside = namesakeInside(pid, file);
  return inside === undefined
    ? undefined
    : withTry(
        message`pid file ${file.path} may be of another pid namespace (a container), where process ${inside} has the number ${pid}: agent2 signals no process because of that file`,
        `grep NSpid /proc/${inside}/status`,
      );
}

/** Why root signals no process because of a pid file at that place, as a sentence: others than root and the owner of the process may put files there. */
export function distrustPlace(path: string, pid: number): Text | undefined {
  if (process.geteuid?.() !== 0) return undefined;
  const owner = ownerOf(pid);
  const reason = distrustPath(
    path,
    owner ? {owner: {uid: owner.uids[0] ?? 0, gids: owner.gids}} : {},
  );
  return reason === undefined
    ? undefined
    : message`agent2 signals no process because of pid file ${path}: it ${reason}`;
}
