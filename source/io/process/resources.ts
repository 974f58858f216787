import {execFile} from 'node:child_process';
import {readFileSync, readdirSync} from 'node:fs';
import {promisify} from 'node:util';
import type {ProcessIdentity} from '../../core/model/observation.ts';
import {errorCode} from '../error-code.ts';
import {sameProcess} from './processes.ts';

export interface Resources {
  /** CPU time of all its threads since its start. */
  readonly cpuMs: number;
  readonly rssBytes: number;
  /** Open files; undefined where only the owner may read them, or the platform does not say. */
  readonly fds?: number;
}

/** The resources of one process, without its children; undefined when it is gone. Read from `/proc`, or from `ps` without it. */
export async function readResources(identity: ProcessIdentity): Promise<Resources | undefined> {
  if (!sameProcess(identity)) return undefined;
  return process.platform === 'linux' ? fromProcfs(identity.pid) : fromPs(identity.pid);
}

/** Kernel times are in ticks of 1/100 s on every platform node runs on. */
const TICK_MS = 10;

function fromProcfs(pid: number): Resources | undefined {
  const stat = unlessGone(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  const status = unlessGone(() => readFileSync(`/proc/${pid}/status`, 'utf8'));
  if (stat === undefined || status === undefined) return undefined;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const fds = unlessGone(() => readdirSync(`/proc/${pid}/fd`).length);
  // A zombie has released its memory, and a kernel thread never had any.
  const rssKib = Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0);
  return {
    cpuMs: (Number(fields[11]) + Number(fields[12])) * TICK_MS,
    rssBytes: rssKib * 1024,
    ...(fds === undefined ? {} : {fds}),
  };
}

const run = promisify(execFile);

/** The same from `ps`, which every Unix has. Exported to test it on other platforms. */
export async function fromPs(pid: number): Promise<Resources | undefined> {
  try {
    const {stdout} = await run('ps', ['-o', 'rss=', '-o', 'time=', '-p', String(pid)], {
      env: {...process.env, LC_ALL: 'C'},
      timeout: 2_000,
    });
    return parsePsResources(stdout);
  } catch (error) {
    // ps exits with code 1 and no output without such a process.
    if ((error as {code?: unknown}).code === 1) return undefined;
    throw error;
  }
}

/** `12345  1-02:03:04` or `12345  3:04.56`: KiB, then days, hours, minutes and seconds. */
export function parsePsResources(line: string): Resources | undefined {
  const [, rss, days = '0', clock] = /^\s*(\d+)\s+(?:(\d+)-)?([\d:.]+)\s*$/.exec(line) ?? [];
  if (rss === undefined || clock === undefined) return undefined;
  const seconds = clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return {
    cpuMs: Math.round((Number(days) * 86_400 + seconds) * 1000),
    rssBytes: Number(rss) * 1024,
  };
}

/** Undefined when the process is gone or hidden. */
function unlessGone<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'EACCES', 'EPERM'].includes(errorCode(error) ?? '')) return undefined;
    throw error;
  }
}
