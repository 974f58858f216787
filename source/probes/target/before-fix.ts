import type {ProcessIdentity} from '../../core/model/observation.ts';
import {kinOf} from '../../io/process/kin.ts';
import {identityOf, isSame} from '../../io/process/identity.ts';

/** Who held the port before a fix: what was there already proves nothing about what the fix brings. */
export interface Before {
  readonly holders: readonly ProcessIdentity[];
  /** The target's process, alive or gone. */
  readonly process: ProcessIdentity | undefined;
  /** Those of the holders that descend from the process. */
  readonly children: readonly ProcessIdentity[];
}

export function holdersBefore(
  pids: readonly number[],
  process: ProcessIdentity | undefined,
): Before {
  const identities = (of: readonly number[]) => of.flatMap(pid => identityOf(pid) ?? []);
  return {
    holders: identities(pids),
    process,
    children: identities(pids.filter(pid => process && isChild(pid, process))),
  };
}

/** Whether a holder is the old process, or a child of it, after another process took its place. */
export function isOfOld(
  holder: ProcessIdentity,
  {process, children}: Before,
  now: ProcessIdentity | undefined,
): boolean {
  if (!process || !now || isSame(process, now)) return false;
  return isSame(holder, process) || children.some(child => isSame(child, holder));
}

/** A descendant of the process, or a member of the group or session that it leads. */
function isChild(pid: number, process: ProcessIdentity): boolean {
  const kin = pid === process.pid ? undefined : kinOf(pid);
  if (!kin) return false;
  return (
    kin.pgid === process.pid ||
    kin.sid === process.pid ||
    kin.ancestors.some(ancestor => isSame(ancestor, process))
  );
}
