import {once} from 'node:events';
import {writeFileSync} from 'node:fs';
import type {Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {join} from 'node:path';
import {onCleanup} from '../helpers/cleanup.ts';
import type {Home} from '../helpers/home.ts';

/** What a service is sick with: a pid file that names another process, and another server on its port. */

export function pidFileOf(home: Home, name: string, pid: number): string {
  const path = join(home.path, name);
  writeFileSync(path, `${pid}\n`, {mode: 0o644});
  return path;
}

/** The port that it listens on. */
export async function listening(server: Server, host: string): Promise<number> {
  server.listen(0, host);
  onCleanup(() => void server.close());
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}
