import {causeNames} from '../causes.ts';
import {FAULTS} from '../faults.ts';
import type {Cause} from '../model/cause.ts';
import type {Failure} from '../model/fault.ts';

/** Names the most specific cause of one check's faults. `local` says whether the target is on this machine. */
export function diagnose(faults: readonly [Failure, ...Failure[]], local: boolean): Cause {
  const causes = faults.map(fault => causeOf(fault, local));
  return causeNames.find(cause => causes.includes(cause)) ?? causeOf(faults[0], local);
}

/** The fault a person should read first: the one that named the cause. */
export function leadingFault(faults: readonly Failure[], local: boolean): Failure | undefined {
  if (!isSome(faults)) return undefined;
  const cause = diagnose(faults, local);
  return faults.find(fault => causeOf(fault, local) === cause);
}

/** Faults that need no threshold: the process is gone, a zombie or stopped, or another process holds the port. */
export function isHard({kind}: Failure): boolean {
  return FAULTS[kind].evidence === 'hard';
}

export function isSome(faults: readonly Failure[]): faults is readonly [Failure, ...Failure[]] {
  return faults.length > 0;
}

function causeOf({kind}: Failure, local: boolean): Cause {
  const {cause} = FAULTS[kind];
  return typeof cause === 'string' ? cause : local ? cause.here : cause.elsewhere;
}
