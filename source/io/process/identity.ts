import type {ProcessIdentity} from '../../core/model/observation.ts';
import {readProcess} from './processes.ts';

/** The process that has this pid now; undefined when there is none. */
export function identityOf(pid: number | undefined): ProcessIdentity | undefined {
  const info = pid === undefined ? undefined : readProcess(pid);
  return info && identityIn(info);
}

/** Its identity alone, of whatever else is known about a process. */
export function identityIn({pid, startKey}: ProcessIdentity): ProcessIdentity {
  return {pid, startKey};
}

/** Whether both are one process; two unknown ones count as one. */
export function isSame(a: ProcessIdentity | undefined, b: ProcessIdentity | undefined): boolean {
  return a?.pid === b?.pid && a?.startKey === b?.startKey;
}
