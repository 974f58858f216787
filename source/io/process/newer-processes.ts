import type {ProcessIdentity} from '../../core/model/observation.ts';
import {kinOf, type Kin} from './kin.ts';
import type {ProcessInfo} from './process-info.ts';
import * as procfs from './procfs.ts';
import {relationOf} from './relation.ts';

/** Start times count in hundredths of a second. */
const TICK_MS = 10;

interface Look {
  readonly processes: readonly ProcessInfo[];
  readonly kin: Map<number, Kin | undefined>;
}

/** What was read in this turn of the loop: when many services end together, each asks for the same, which would stop the loop for seconds. */
let seen: Look | undefined;

/**
 * The processes that started at least `afterMs` after `than` did, at the price of one read for each process of the machine; none where the
 * system keeps no such times (Linux does).
 */
function newerProcesses(than: ProcessIdentity, afterMs: number): readonly ProcessInfo[] {
  if (process.platform !== 'linux') return [];
  const since = ticksOf(than) + afterMs / TICK_MS;
  return look().processes.filter(info => ticksOf(info) >= since && info.state !== 'zombie');
}

/** A process that runs the program of `than` anew, and began at least `afterMs` after it did; no child and no worker of it. */
export function newerRun(than: Kin, afterMs: number): ProcessInfo | undefined {
  return newerProcesses(than, afterMs).find(({pid}) => {
    const other = kinSeen(pid);
    const relation = other && relationOf(than, other, kinSeen(process.pid));
    return relation === 'program' || (relation === 'unit' && other?.exe === than.exe);
  });
}

function look(): Look {
  if (!seen) {
    setImmediate(() => (seen = undefined));
    seen = {processes: procfs.listProcesses(), kin: new Map()};
  }
  return seen;
}

function kinSeen(pid: number): Kin | undefined {
  const {kin} = look();
  if (!kin.has(pid)) kin.set(pid, kinOf(pid));
  return kin.get(pid);
}

function ticksOf({startKey}: ProcessIdentity): number {
  return Number.parseInt(startKey, 10);
}
