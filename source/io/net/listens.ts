import {readFileSync} from 'node:fs';
import {errorCode} from '../error-code.ts';
import {socketsOf} from './socket-holders.ts';

/** Whether a process accepts connections on any TCP port or Unix socket. False where that cannot be seen. Reads whole tables: not for every check. */
export function acceptsConnections(pid: number): boolean {
  if (process.platform !== 'linux') return false;
  const sockets = new Set(socketsOf(pid));
  return (
    sockets.size > 0 && [...tcpListeners(), ...unixListeners()].some(inode => sockets.has(inode))
  );
}

function tcpListeners(): readonly string[] {
  return ['/proc/net/tcp', '/proc/net/tcp6'].flatMap(path =>
    linesOf(path).flatMap(words => (words[3] === '0A' ? (words[9] ?? []) : [])),
  );
}

/** `Num: RefCount Protocol Flags Type St Inode Path`, with the flag of a socket that accepts. */
function unixListeners(): readonly string[] {
  return linesOf('/proc/net/unix').flatMap(words =>
    words[3] === '00010000' ? (words[6] ?? []) : [],
  );
}

function linesOf(path: string): ReadonlyArray<readonly string[]> {
  try {
    return readFileSync(path, 'latin1')
      .split('\n')
      .map(line => line.trim().split(/\s+/));
  } catch (error) {
    if (['ENOENT', 'EACCES', 'EPERM'].includes(errorCode(error) ?? '')) return [];
    throw error;
  }
}
