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
import {say} from '../../core/text/say.ts';
import {makeDirectory} from '../files/directory.ts';
import {errorCode} from '../error-code.ts';

/** The longest path that the address of a unix socket takes, in bytes: one is for its end. */
const MAX_BYTES = process.platform === 'linux' ? 107 : 103;

/** Where a state directory has its socket, or a link to it. */
export function socketName(stateDir: string): string {
  return join(stateDir, 'run', 'agent2.sock');
}

/**
 * The path to connect to: `run/agent2.sock`, or where that leads when it is a link because the path is too long for an address. Undefined
 * where there is none that can be trusted: a link counts only into a directory that is private to us.
 */
export function findSocket(stateDir: string): string | undefined {
  const path = socketName(stateDir);
  try {
    return found(path);
  } catch (error) {
    // In the private directory of another user; whoever connects is told so.
    if (errorCode(error) === 'EACCES') return path;
    throw error;
  }
}

function found(path: string): string | undefined {
  const leadsTo = linkTarget(path);
  // Root may speak with the monitor of anybody: what counts is that both are of one owner.
  if (leadsTo !== undefined)
    return whyNotPrivate(dirname(leadsTo), lstatSync(path).uid) === undefined ? leadsTo : undefined;
  return fits(path) && lstatSync(path, {throwIfNoEntry: false})?.isSocket() ? path : undefined;
}

/** Where to listen, in a directory that nobody else may enter. Throws what the file system says, or why no directory will do. */
export function placeSocket(stateDir: string): string {
  const path = socketName(stateDir);
  return makePrivate(dirname(path)) === undefined && fits(path)
    ? path
    : join(shortDir(), `${hashOf(stateDir)}.sock`);
}

/** Lets `run/agent2.sock` lead to a socket elsewhere, so that whoever knows the state directory finds it. */
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

/** The first of the usual places that can be ours alone. */
function shortDir(): string {
  const runtime = process.env.XDG_RUNTIME_DIR;
  const places = [
    ...(runtime?.startsWith('/') ? [join(runtime, 'agent2')] : []),
    ...[tmpdir(), '/tmp'].map(dir => join(dir, `agent2-${process.geteuid?.() ?? 0}`)),
  ];
  const problems: string[] = [];
  for (const place of places.filter(place => fits(join(place, `${hashOf('')}.sock`)))) {
    const problem = tryPrivate(place);
    if (problem === undefined) return place;
    problems.push(problem);
  }
  throw new Error(problems.join('; '));
}

function tryPrivate(dir: string): string | undefined {
  try {
    return makePrivate(dir);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return `${dir}: ${errorCode(error)}`;
  }
}

/** Makes the directory, or closes one of ours to everybody else; says why it is not private all the same. */
function makePrivate(dir: string): string | undefined {
  const found = lstatSync(dir, {throwIfNoEntry: false});
  if (!found) makeDirectory(dir, 0o700);
  else if (found.isDirectory() && found.uid === process.geteuid?.() && (found.mode & 0o077) !== 0)
    chmodSync(dir, 0o700);
  return whyNotPrivate(dir);
}

function whyNotPrivate(dir: string, owner = process.geteuid?.()): string | undefined {
  const found = lstatSync(dir, {throwIfNoEntry: false});
  if (!found?.isDirectory()) return say`${dir} is no directory`;
  if (found.uid !== owner) return say`${dir} belongs to somebody else`;
  return (found.mode & 0o077) === 0 ? undefined : say`${dir} is open to others`;
}

function linkTarget(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch (error) {
    if (['ENOENT', 'EINVAL', 'ENOTDIR'].includes(errorCode(error) ?? '')) return undefined;
    throw error;
  }
}

/** By the real path, so that every way to a state directory gives the same socket. */
function hashOf(stateDir: string): string {
  return createHash('sha256')
    .update(stateDir === '' ? '' : realpathSync(stateDir))
    .digest('hex')
    .slice(0, 16);
}
