import {closeSync, openSync, readSync} from 'node:fs';
import {errorCode} from '../error-code.ts';
import type {YieldToLoop} from './pace.ts';
import {
  isConnection,
  parseSocketRows,
  parseSocketTable,
  type ListeningSocket,
  type SocketRow,
} from './socket-table.ts';

const TABLES = ['/proc/net/tcp', '/proc/net/tcp6'];

/**
 * The sockets that listen on one of `ports`. Linux lists listening sockets first; reads the rest, maybe thousands of closed connections,
 * only when a port is still missing.
 */
export async function listeningSockets(
  ports: ReadonlySet<number>,
  yieldToLoop: YieldToLoop = () => {},
): Promise<readonly ListeningSocket[]> {
  const found: ListeningSocket[] = [];
  const tables = TABLES.flatMap(path => openTable(path) ?? []);
  const read = async (isEnough: (line: string) => boolean) => {
    for (const table of tables) {
      for (let lines = table.lines(); lines.length > 0; lines = table.lines()) {
        found.push(...parseSocketTable(lines, ports));
        if (isEnough(lines.at(-1) ?? '')) break;
        await yieldToLoop();
      }
    }
  };
  try {
    await read(isConnection);
    if (new Set(found.map(({port}) => port)).size < ports.size) await read(() => false);
    return found;
  } finally {
    for (const table of tables) table.close();
  }
}

/** All sockets bound to one port, listening and connected. */
export async function socketsOfPort(
  port: number,
  yieldToLoop: YieldToLoop = () => {},
): Promise<readonly SocketRow[]> {
  const found: SocketRow[] = [];
  const tables = TABLES.flatMap(path => openTable(path) ?? []);
  try {
    for (const table of tables)
      for (let lines = table.lines(); lines.length > 0; lines = table.lines()) {
        found.push(...parseSocketRows(lines, port));
        await yieldToLoop();
      }
    return found;
  } finally {
    for (const table of tables) table.close();
  }
}

interface Table {
  /** The next whole lines; none at the end. */
  lines(): readonly string[];
  close(): void;
}

/** Undefined without such a table: IPv6 may be off. */
function openTable(path: string): Table | undefined {
  const file = open(path);
  if (file === undefined) return undefined;
  const buffer = Buffer.alloc(CHUNK_BYTES);
  let unfinished = '';
  return {
    lines() {
      for (;;) {
        const size = readSync(file, buffer, 0, buffer.length, null);
        if (size === 0) return [];
        const lines = (unfinished + buffer.toString('latin1', 0, size)).split('\n');
        unfinished = lines.pop() ?? '';
        if (lines.length > 0) return lines;
      }
    },
    close: () => closeSync(file),
  };
}

const CHUNK_BYTES = 16_384;

function open(path: string): number | undefined {
  try {
    return openSync(path, 'r');
  } catch (error) {
    if (['ENOENT', 'EACCES', 'EPERM'].includes(errorCode(error) ?? '')) return undefined;
    throw error;
  }
}
