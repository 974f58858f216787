import {closeSync, openSync, readFileSync, readSync, readdirSync} from 'node:fs';
import {sanitize} from '../../format/sanitize.ts';
import {errorCode} from '../error-code.ts';
import {programFile} from './process-surroundings.ts';
import {programNames} from './program-names.ts';
import type {Glance, ProcessDescription, ProcessInfo} from './process-info.ts';

/** Reads processes from Linux's `/proc`. */
export function readProcess(pid: number): ProcessInfo | undefined {
  const stat = read(`/proc/${pid}/stat`);
  const info = stat === undefined ? undefined : parseStat(stat, bootId());
  return info?.name === THREAD_NAME ? {...info, name: programOf(pid) ?? info.name} : info;
}

/** Node names its threads since version 24, and so hides the name of the program from the kernel. */
const THREAD_NAME = 'MainThread';

/** The file name of the program, from the command line. */
function programOf(pid: number): string | undefined {
  const [path = ''] = read(`/proc/${pid}/cmdline`)?.split('\0') ?? [];
  return sanitize(path.slice(path.lastIndexOf('/') + 1), 64) || undefined;
}

/**
 * One open file, one read for each call: an open `/proc/PID/stat` stays with its process when the pid is reused, and this
 * is the most frequent operation. Undefined when the process is gone already.
 */
export function openGlance(known: ProcessInfo): Glance | undefined {
  const file = open(`/proc/${known.pid}/stat`);
  if (file === undefined) return undefined;
  let same = false;
  try {
    same = readProcess(known.pid)?.startKey === known.startKey;
  } finally {
    if (!same) closeSync(file);
  }
  if (!same) return undefined;
  return {
    state() {
      const size = readInto(file);
      if (size === 0) return undefined;
      const letter = String.fromCharCode(line[line.lastIndexOf(CLOSING, size - 1) + 2] ?? 0);
      return letter === 'Z' ? readProcess(known.pid)?.state : stateOf(letter, 1);
    },
    close: () => closeSync(file),
  };
}

const line = Buffer.alloc(512);
const CLOSING = ')'.charCodeAt(0);

/** The number of bytes read of the line; 0 when the process is gone. */
function readInto(file: number): number {
  try {
    return readSync(file, line, 0, line.length, 0);
  } catch (error) {
    if (errorCode(error) === 'ESRCH') return 0;
    throw error;
  }
}

function open(path: string): number | undefined {
  try {
    return openSync(path, 'r');
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

/** Parses one line of `/proc/PID/stat`; undefined for any other. The name, in parentheses, may contain parentheses too: the last one ends it. */
export function parseStat(stat: string, boot: string): ProcessInfo | undefined {
  const open = stat.indexOf('(');
  const close = stat.lastIndexOf(')');
  if (open < 0 || close < open) return undefined;
  const fields = stat
    .slice(close + 2)
    .trimEnd()
    .split(' ');
  const [letter, ppid, pgid, sid] = fields;
  const threads = Number(fields[17]);
  const starttime = fields[19];
  if (letter === undefined || starttime === undefined) return undefined;
  return {
    pid: Number(stat.slice(0, open)),
    ppid: Number(ppid),
    pgid: Number(pgid),
    sid: Number(sid),
    state: stateOf(letter, threads),
    startKey: `${starttime}@${boot}`,
    name: sanitize(stat.slice(open + 1, close), 64),
  };
}

export function describeProcess(pid: number): ProcessDescription | undefined {
  const info = readProcess(pid);
  const status = read(`/proc/${pid}/status`);
  if (!info || status === undefined) return undefined;
  return {
    command: sanitize(commandLine(pid)) || `[${info.name}]`,
    uid: Number(/^Uid:\s+\d+\s+(\d+)/m.exec(status)?.[1]),
    startedAt: startedAt(info.startKey),
  };
}

/** The names of the program, for matching. */
export function namesOf(pid: number): readonly string[] {
  const name = readProcess(pid)?.name;
  if (name === undefined) return [];
  const line = (read(`/proc/${pid}/cmdline`) ?? '').slice(0, LINE_LENGTH);
  const words = line.replace(/\0+$/, '').split('\0');
  return programNames({name, words, exe: programFile(pid)});
}

export function listProcesses(): readonly ProcessInfo[] {
  return pids().flatMap(pid => readProcess(pid) ?? []);
}

export function isThisBoot(startKey: string): boolean {
  return startKey.endsWith(`@${bootId()}`);
}

/** All present pids. */
export function pids(): readonly number[] {
  return readdirSync('/proc')
    .filter(name => /^[1-9]\d*$/.test(name))
    .map(Number);
}

function stateOf(letter: string, threads: number): ProcessInfo['state'] {
  switch (letter) {
    case 'T':
      return 'stopped';
    case 't':
      return 'traced';
    case 'Z':
      // The first thread may have ended while others continue.
      return threads > 1 ? 'alive' : 'zombie';
    case 'X':
    case 'x':
      return 'zombie';
    default:
      return 'alive';
  }
}

const LINE_LENGTH = 4096;

function commandLine(pid: number): string {
  return (read(`/proc/${pid}/cmdline`) ?? '').slice(0, LINE_LENGTH).replaceAll('\0', ' ').trim();
}

/** Start times are in ticks of 1/100 s since boot on every platform node runs on. */
const TICK_MS = 10;

function startedAt(startKey: string): number {
  const now = Date.now();
  const boot = bootedAt({
    now,
    uptimeMs: Number.parseFloat(read('/proc/uptime') ?? '') * 1000,
    ownStartMs: ownStartMs(),
    ownAgeMs: performance.now(),
  });
  return Math.min(now, Math.round(boot + Number.parseInt(startKey, 10) * TICK_MS));
}

/** The two readings of the clocks may be a moment apart, and node starts its own clock after its process. */
const CLOCKS_AGREE_MS = 2_000;

/**
 * When the kernel began to count, in epoch ms. A container may show its own, smaller uptime (lxcfs) beside start times that count
 * from the boot of its host: agent2's own process would then be younger than it knows itself to be, and its age tells instead.
 */
export function bootedAt({
  now,
  uptimeMs,
  ownStartMs,
  ownAgeMs,
}: {
  readonly now: number;
  readonly uptimeMs: number;
  readonly ownStartMs: number;
  readonly ownAgeMs: number;
}): number {
  const isUptimeRight = uptimeMs - ownStartMs >= ownAgeMs - CLOCKS_AGREE_MS;
  return now - (isUptimeRight ? uptimeMs : ownStartMs + ownAgeMs);
}

let knownOwnStartMs: number | undefined;

function ownStartMs(): number {
  knownOwnStartMs ??=
    Number.parseInt(parseStat(read('/proc/self/stat') ?? '', '')?.startKey ?? '', 10) * TICK_MS;
  return knownOwnStartMs;
}

let knownBootId: string | undefined;

/** Start times count from boot, so this distinguishes those of two boots. */
function bootId(): string {
  knownBootId ??= (read('/proc/sys/kernel/random/boot_id') ?? '').trim();
  return knownBootId;
}

/** Undefined when the process is gone (or is hidden from us). */
function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

function isGone(error: unknown): boolean {
  return ['ENOENT', 'ESRCH', 'EACCES', 'EPERM'].includes(errorCode(error) ?? '');
}
