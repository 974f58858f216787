import type {Text} from '../../core/model/text.ts';
import {readlinkSync} from 'node:fs';
import type {FixRequest} from '../../core/model/effect.ts';
import type {Measurements} from '../../core/evidence.ts';
import type {ProcessIdentity, Readings} from '../../core/model/observation.ts';
import {message} from '../../core/text/message.ts';
import {sameProcess} from '../process/processes.ts';
import {isSame} from '../process/identity.ts';
import {recent} from './recent.ts';
import {memoryGroupOf, oomKills, type MemoryGroup} from './memory-group.ts';

/** The process under inspection. */
export type Subject =
  | {
      readonly state: 'live';
      readonly pid: number;
      readonly command?: string;
      readonly startedAt?: number;
      readonly rests: boolean;
    }
  /** `exit` is how agent2's own child ended; a zombie's end is still unknown. */
  | {
      readonly state: 'dead';
      readonly zombie: boolean;
      readonly pid?: number;
      readonly command?: string;
      readonly startedAt?: number;
      readonly cwd?: string;
      readonly exit?: Text;
    }
  | {readonly state: 'unknown'; readonly reason: Text};

/** Facts from while the target was healthy: a dead process cannot provide some of them. */
export interface Baseline {
  readonly identity?: ProcessIdentity;
  readonly command?: string;
  readonly startedAt?: number;
  readonly cwd?: string;
  readonly group?: MemoryGroup;
  readonly oomKills?: Measurements['oomKills'];
}

export function subjectOf(
  request: FixRequest,
  {process: reading}: Readings,
  baseline: Baseline,
): Subject {
  const known =
    reading && 'identity' in reading && reading.state !== 'mismatch' ? reading : undefined;
  const identity = known?.identity ?? (reading?.state === 'unknown' ? request.process : undefined);
  const info = identity && sameProcess(identity);
  if (info && info.state !== 'zombie') {
    return {
      state: 'live',
      pid: info.pid,
      command: known?.command ?? commandOf(info, baseline),
      startedAt: known?.startedAt,
      rests: info.state !== 'alive',
    };
  }
  if (!identity && (reading === undefined || reading.state === 'unknown'))
    return {
      state: 'unknown',
      reason: reading?.reason ?? message`it is unknown which process it is`,
    };
  const pid =
    identity?.pid ?? (reading?.state === 'gone' ? reading.pid : undefined) ?? request.process?.pid;
  const seen = pid !== undefined && baseline.identity?.pid === pid ? baseline : undefined;
  return {
    state: 'dead',
    zombie: info !== undefined,
    pid,
    command: known?.command ?? seen?.command,
    startedAt: known?.startedAt ?? seen?.startedAt,
    cwd: seen?.cwd,
    exit: reading?.state === 'gone' ? reading.exit : undefined,
  };
}

/** Inspects closely only a new process. */
export function baselineOf({process: reading}: Readings, before: Baseline): Baseline {
  if (reading?.state !== 'alive') return before.identity ? {} : before;
  const {identity, command, startedAt} = reading;
  const same = isSame(before.identity, identity);
  if (process.platform !== 'linux') return same ? before : {identity, command, startedAt};
  const group = same ? before.group : memoryGroupOf(identity.pid);
  const cwd = same ? before.cwd : cwdOf(identity.pid);
  return {identity, command, startedAt, cwd, group, oomKills: recentKills(group)};
}

/** A second of inaccuracy is harmless; a read of the kernel's table for each of a thousand targets is not. */
const recentKills = recent(
  1_000,
  (group: MemoryGroup | undefined) => group?.path ?? '',
  group => oomKills(group),
);

/** The OOM kills since the target was last healthy. */
export function oomKillsSince({group, oomKills: before}: Baseline): Measurements['oomKills'] {
  const now = before && oomKills(group);
  return before && now?.of === before.of
    ? {count: now.count - before.count, of: now.of}
    : undefined;
}

function commandOf(
  identity: ProcessIdentity,
  {identity: seen, command}: Baseline,
): string | undefined {
  return isSame(seen, identity) ? command : undefined;
}

/** Unknown without permission, or when the process is gone. */
function cwdOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}
