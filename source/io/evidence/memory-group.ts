import {readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import type {Measurements} from '../../core/evidence.ts';

/** The system's files on control groups; other places are for tests. */
export interface Places {
  readonly proc: string;
  readonly cgroup: string;
}

const places: Places = {proc: '/proc', cgroup: '/sys/fs/cgroup'};

/** The control group that counts a process's memory: its directory, and the root of such directories. */
export interface MemoryGroup {
  readonly version: 1 | 2;
  readonly path: string;
  readonly root: string;
}

export interface MemoryUse {
  readonly usedBytes: number;
  readonly limitBytes: number;
  /** The part that the kernel can reclaim at once. */
  readonly cacheBytes: number;
}

/** Undefined where the system has no such groups, or hides them. Reads of these files never block. */
export function memoryGroupOf(
  pid: number,
  {proc, cgroup}: Places = places,
): MemoryGroup | undefined {
  const lines = read(join(proc, String(pid), 'cgroup'))?.split('\n') ?? [];
  const first = lines
    .map(line => /^\d+:(?:[^:]*,)?memory(?:,[^:]*)?:(.*)$/.exec(line)?.[1])
    .find(path => path !== undefined);
  const second = lines.map(line => /^0::(.*)$/.exec(line)?.[1]).find(path => path !== undefined);
  const root = first === undefined ? cgroup : join(cgroup, 'memory');
  const path = first ?? second;
  // A path with dots lies outside of the visible groups.
  if (path === undefined || path.split('/').includes('..')) return undefined;
  return {version: first === undefined ? 2 : 1, path: join(root, path), root};
}

/** The usage of the nearest group with a limit; undefined when none has one. */
export function memoryUse(group: MemoryGroup): MemoryUse | undefined {
  const [limitFile, usedFile, cacheWord] =
    group.version === 2
      ? ['memory.max', 'memory.current', 'inactive_file']
      : ['memory.limit_in_bytes', 'memory.usage_in_bytes', 'total_inactive_file'];
  for (const path of upwards(group)) {
    const limitBytes = Number(read(join(path, limitFile))?.trim() ?? NaN);
    const usedBytes = Number(read(join(path, usedFile))?.trim() ?? NaN);
    // Version 1 writes "none" as a number that no machine has.
    if (!(limitBytes < NO_LIMIT) || Number.isNaN(usedBytes)) continue;
    return {
      usedBytes,
      limitBytes,
      cacheBytes: numberAfter(cacheWord, read(join(path, 'memory.stat'))) ?? 0,
    };
  }
  return undefined;
}

const NO_LIMIT = 2 ** 60;

/** The number of OOM kills so far: in the group, else on the whole machine. */
export function oomKills(
  group: MemoryGroup | undefined,
  {proc}: Places = places,
): Measurements['oomKills'] {
  const own =
    group &&
    numberAfter(
      'oom_kill',
      read(join(group.path, group.version === 2 ? 'memory.events' : 'memory.oom_control')),
    );
  if (own !== undefined) return {count: own, of: 'group'};
  const all = numberAfter('oom_kill', read(join(proc, 'vmstat')));
  return all === undefined ? undefined : {count: all, of: 'machine'};
}

function upwards({path, root}: MemoryGroup): readonly string[] {
  const above: string[] = [];
  for (let at = path; at.startsWith(root); at = dirname(at)) above.push(at);
  return above;
}

function numberAfter(word: string, text: string | undefined): number | undefined {
  const line = text?.split('\n').find(line => line.startsWith(`${word} `));
  return line === undefined ? undefined : Number(line.slice(word.length + 1));
}

/** Treats an unreadable file as missing: no group, no such file in this version, or no permission. */
function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
