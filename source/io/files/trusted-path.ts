import type {Text} from '../../core/model/text.ts';
import {
  accessSync,
  constants,
  lstatSync,
  readFileSync,
  readlinkSync,
  statSync,
  type Stats,
} from 'node:fs';
import {dirname, isAbsolute, join} from 'node:path';
import {message} from '../../core/text/message.ts';
import {withTry, withTryAsRoot} from '../../format/try-text.ts';
import {errorCode} from '../error-code.ts';
import {FileError, fileError} from './file-error.ts';

/** Who may write a file that root relies on. Root always may. */
export interface Trust {
  /** The user of the service, for a file that concerns processes of that user alone. */
  readonly owner?: {readonly uid: number; readonly gids: readonly number[]};
  /** Root runs what the file says, so that giving it to root is worth a second thought. */
  readonly isRun?: boolean;
}

type Facts = Pick<Stats, 'uid' | 'gid' | 'mode'>;

const OTHERS_WRITE = 0o002;
const GROUP_WRITE = 0o020;
const STICKY = 0o1000;
/** The kernel follows no more. */
const MOST_LINKS = 40;

/**
 * Whether another user could have written what root finds under `path`, or could put something else there: looks at the file or
 * directory and at every directory that leads to it, along symbolic links too. Undefined when nobody else could, for any other
 * user than root, and from where the path does not exist. The reason follows the name of the file and ends with a command that helps.
 */
export function distrustPath(
  path: string,
  trust: Trust = {},
  euid = process.geteuid?.(),
): Text | undefined {
  if (euid !== 0) return undefined;
  try {
    return walk(path, trust);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return undefined;
    // Root may look everywhere but where another user or machine decides.
    const found = fileError(path, error);
    if (!(found instanceof FileError)) throw found;
    return withTry(found.fault, `namei -l ${path}`);
  }
}

/** Throws a `FileError` where root would write by a path that somebody else could bend. */
export function mustTrustPath(path: string): void {
  const reason = distrustPath(path);
  if (reason !== undefined) throw new FileError(path, reason, 'EPERM');
}

/** The same for the file itself, of which `stats` may come from an open descriptor. */
export function distrustFile(
  path: string,
  {uid, gid, mode}: Facts,
  {owner, isRun = false}: Trust = {},
): Text | undefined {
  if (isForeign(uid, {owner}))
    return (isRun ? withTryAsRoot : withTry)(ofAnother(uid), `chown root ${path}`);
  if (othersWrite({gid, mode}, {owner})) return withTry(isOpen(mode), `chmod go-w ${path}`);
  return undefined;
}

function isForeign(uid: number, {owner}: Trust): boolean {
  return uid !== 0 && uid !== owner?.uid;
}

function othersWrite({gid, mode}: Pick<Facts, 'gid' | 'mode'>, {owner}: Trust): boolean {
  return (
    (mode & OTHERS_WRITE) !== 0 ||
    ((mode & GROUP_WRITE) !== 0 && gid !== 0 && owner?.gids.includes(gid) !== true)
  );
}

function ofAnother(uid: number): Text {
  return message`belongs to the user ${uid}, but agent2 runs as root`;
}

function isOpen(mode: number): Text {
  return message`is writable for others (mode ${(mode & 0o7777).toString(8)}), but agent2 runs as root`;
}

function walk(path: string, trust: Trust): Text | undefined {
  // Not `resolve`, which drops a link before `..`, as the kernel does not.
  const left = namesIn(isAbsolute(path) ? path : `${process.cwd()}/${path}`);
  let at = '/';
  let links = 0;
  for (let name = left.shift(); name !== undefined; name = left.shift()) {
    if (name === '..') {
      at = dirname(at);
      continue;
    }
    const next = join(at, name);
    const entry = lstatSync(next, {throwIfNoEntry: false});
    const reason = distrustDirectory(at, entry, trust);
    if (reason !== undefined) return reason;
    if (!entry) return undefined;
    if (!entry.isSymbolicLink()) {
      at = next;
      continue;
    }
    if (++links > MOST_LINKS) throw Object.assign(new Error('ELOOP'), {code: 'ELOOP'});
    const target = readlinkSync(next);
    if (isAbsolute(target)) at = '/';
    left.unshift(...namesIn(target));
  }
  return distrustFile(at, lstatSync(at), trust);
}

function namesIn(path: string): string[] {
  return path.split('/').filter(name => name !== '' && name !== '.');
}

/** Who can write a directory can put another file in the place of `entry`, unless it is sticky or read-only (as a mounted volume). */
function distrustDirectory(path: string, entry: Stats | undefined, trust: Trust): Text | undefined {
  const stats = statSync(path);
  if (isOutside(stats.uid) && !(stats.mode & (OTHERS_WRITE | GROUP_WRITE))) return undefined;
  const foreign = isForeign(stats.uid, trust);
  if ((!foreign && !othersWrite(stats, trust)) || isReadOnly(path)) return undefined;
  const sticky = (stats.mode & STICKY) !== 0;
  if (sticky && !foreign) {
    if (!entry) return undefined;
    if (!isForeign(entry.uid, trust) && !hasSecondName(entry)) return undefined;
  }
  return withTry(
    message`lies in a directory that ${foreign ? ofAnother(stats.uid) : isOpen(stats.mode)}`,
    // To take a home, or `/tmp`, from its users would help nobody.
    foreign || sticky ? `ls -ld ${path}` : `chmod go-w ${path}`,
  );
}

/** Somebody else may have given a file of root, which means something elsewhere, a second name there. */
function hasSecondName(entry: Stats): boolean {
  return !entry.isDirectory() && entry.nlink > 1;
}

function isReadOnly(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return false;
  } catch (error) {
    return errorCode(error) === 'EROFS';
  }
}

/**
 * Whether that owner stands for all users outside of this user namespace: the directories above a rootless container are theirs,
 * and its root, who is none outside, has no say over them.
 */
function isOutside(uid: number): boolean {
  return uid !== 0 && uid === (outsiders ??= readOutsiders());
}

let outsiders: number | undefined;

function readOutsiders(): number {
  const map = readProc('/proc/self/uid_map').trim().split('\n');
  const overflow = Number(readProc('/proc/sys/kernel/overflowuid') || Number.NaN);
  const isMapped = map.some(line => {
    const [first = 0, , count = 0] = line.trim().split(/\s+/).map(Number);
    return overflow >= first && overflow < first + count;
  });
  return isMapped || Number.isNaN(overflow) ? -1 : overflow;
}

function readProc(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
