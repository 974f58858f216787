import type {Text} from '../../core/model/text.ts';
import {createHash} from 'node:crypto';
import {
  chmodSync,
  lstatSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  unlinkSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {message, joined} from '../../core/text/message.ts';
import {makeDirectory} from '../files/directory.ts';
import {errorCode} from '../error-code.ts';
import {TextError} from '../../core/text/text-error.ts';

/** The longest path in the address of a unix socket, in bytes, without the final NUL. */
const MAX_BYTES = process.platform === 'linux' ? 107 : 103;

/** The place of a state directory's socket, or of a link to it. */
export function socketName(stateDir: string): string {
  return join(stateDir, 'run', 'agent2.sock');
}

/**
 * The path to connect to: `run/agent2.sock`, or the target of that link when the path is too long for an address. Undefined
 * without a trusted one: a link counts only into a private directory of this user.
 */
export function findSocket(stateDir: string): string | undefined {
  const path = socketName(stateDir);
  try {
    return found(path);
  } catch (error) {
    // The socket is in another user's private directory; connecting reports that.
    if (errorCode(error) === 'EACCES') return path;
    throw error;
  }
}

function found(path: string): string | undefined {
  const leadsTo = linkTarget(path);
  // Root may connect to any user's monitor, if link and directory have the same owner.
  if (leadsTo !== undefined)
    return whyNotPrivate(dirname(leadsTo), lstatSync(path).uid) === undefined ? leadsTo : undefined;
  return fits(path) && lstatSync(path, {throwIfNoEntry: false})?.isSocket() ? path : undefined;
}

/** The path to listen at, in a private directory. Throws errors of the file system, or why no directory is suitable. */
export function placeSocket(stateDir: string): string {
  const path = socketName(stateDir);
  return makePrivate(dirname(path)) === undefined && fits(path)
    ? path
    : join(shortDir(), `${hashOf(stateDir)}.sock`);
}

/** Links `run/agent2.sock` to a socket elsewhere, so that clients find it by the state directory. */
export function linkSocket(stateDir: string, path: string): void {
  const name = socketName(stateDir);
  if (name === path || linkTarget(name) === path) return;
  rmSync(name, {force: true});
  symlinkSync(path, name);
}

export function unlinkSocket(stateDir: string, path: string): void {
  if (linkTarget(socketName(stateDir)) === path) unlinkSync(socketName(stateDir));
}

function fits(path: string): boolean {
  return Buffer.byteLength(path) <= MAX_BYTES;
}

/** The first of the usual places that can be private. In `/tmp` another user may have taken the name, in root's `/run` nobody. */
function shortDir(): string {
  const runtime = process.env.XDG_RUNTIME_DIR;
  const uid = process.geteuid?.() ?? 0;
  const places = [
    ...(runtime?.startsWith('/') ? [join(runtime, 'agent2')] : []),
    ...[tmpdir(), '/tmp', ...(uid === 0 ? ['/run'] : [])].map(dir => join(dir, `agent2-${uid}`)),
  ];
  const problems: Text[] = [];
  for (const place of places.filter(place => fits(join(place, `${hashOf('')}.sock`)))) {
    const problem = tryPrivate(place);
    if (problem === undefined) return place;
    problems.push(problem);
  }
  throw new TextError(joined(problems, message`; `));
}

function tryPrivate(dir: string): Text | undefined {
  try {
    return makePrivate(dir);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return `${dir}: ${errorCode(error)}`;
  }
}

/** Makes the directory private, if it is this user's; returns why it is not. */
function makePrivate(dir: string): Text | undefined {
  const found = lstatSync(dir, {throwIfNoEntry: false});
  if (!found) makeDirectory(dir, 0o700);
  else if (found.isDirectory() && found.uid === process.geteuid?.() && (found.mode & 0o077) !== 0)
    chmodSync(dir, 0o700);
  return whyNotPrivate(dir);
}

function whyNotPrivate(dir: string, owner = process.geteuid?.()): Text | undefined {
  const found = lstatSync(dir, {throwIfNoEntry: false});
  if (!found?.isDirectory()) return message`${dir} is not a directory`;
  if (found.uid !== owner) return message`${dir} belongs to somebody else`;
  return (found.mode & 0o077) === 0 ? undefined : message`${dir} is open to others`;
}

function linkTarget(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch (error) {
    if (['ENOENT', 'EINVAL', 'ENOTDIR'].includes(errorCode(error) ?? '')) return undefined;
    throw error;
  }
}

/** Uses the real path, so that every path to a state directory gives the same socket. */
function hashOf(stateDir: string): string {
  return createHash('sha256')
    .update(stateDir === '' ? '' : realpathSync(stateDir))
    .digest('hex')
    .slice(0, 16);
}
