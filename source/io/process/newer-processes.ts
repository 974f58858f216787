import type {ProcessIdentity} from '../../core/model/observation.ts';
import {kinOf, type Kin} from './kin.ts';
import type {ProcessInfo} from './process-info.ts';
import * as procfs from './procfs.ts';
import {relationOf} from './relation.ts';

/** Start times count in hundredths of a second. */
const TICK_MS = 10;

/**
 * The processes that started at least `afterMs` after `than` did, at the price of one read for each process of the machine; none where the
 * system keeps no such times (Linux does).
 */
function newerProcesses(than: ProcessIdentity, afterMs: number): readonly ProcessInfo[] {
  if (process.platform !== 'linux') return [];
  const since = ticksOf(than) + afterMs / TICK_MS;
  return procfs.listProcesses().filter(info => ticksOf(info) >= since && info.state !== 'zombie');
}

/** A process that runs the program of `than` anew, and began at least `afterMs` after it did; no child and no worker of it. */
export function newerRun(than: Kin, afterMs: number): ProcessInfo | undefined {
  return newerProcesses(than, afterMs).find(({pid}) => {
    const other = kinOf(pid);
    const relation = other && relationOf(than, other);
    return relation === 'program' || (relation === 'unit' && other?.exe === than.exe);
  });
}

function ticksOf({startKey}: ProcessIdentity): number {
  return Number.parseInt(startKey, 10);
}
