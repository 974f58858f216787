import type {ProcessIdentity} from '../../core/model/observation.ts';
import type {ProcessInfo} from './process-info.ts';
import * as procfs from './procfs.ts';

/** Start times count in hundredths of a second. */
const TICK_MS = 10;

/**
 * The processes that started at least `afterMs` after `than` did, at the price of one read for each process of the machine; none where the
 * system keeps no such times (Linux does).
 */
export function newerProcesses(than: ProcessIdentity, afterMs: number): readonly ProcessInfo[] {
  if (process.platform !== 'linux') return [];
  const since = ticksOf(than) + afterMs / TICK_MS;
  return procfs.listProcesses().filter(info => ticksOf(info) >= since && info.state !== 'zombie');
}

function ticksOf({startKey}: ProcessIdentity): number {
  return Number.parseInt(startKey, 10);
}
