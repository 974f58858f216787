import type {ProcessIdentity} from '../../core/model/observation.ts';
import {readProcess} from '../../io/process/processes.ts';

export function identityOf(pid: number | undefined): ProcessIdentity | undefined {
  const info = pid === undefined ? undefined : readProcess(pid);
  return info && {pid: info.pid, startKey: info.startKey};
}

export function isSame(a: ProcessIdentity | undefined, b: ProcessIdentity | undefined): boolean {
  return a?.pid === b?.pid && a?.startKey === b?.startKey;
}
