import {causeNames} from '../causes.ts';
import {FAULTS} from '../faults.ts';
import type {Cause} from '../model/cause.ts';
import type {Failure, HangKind} from '../model/fault.ts';
import type {Incident} from '../model/incident.ts';

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

/** Faults that are a verdict by themselves: hard evidence, and a deadlock, which no further look makes surer. */
export function needsNoThreshold(fault: Failure): boolean {
  return isHard(fault) || hangOf(fault) === 'idle';
}

/** The cause in words, with the kind of a hang where it is known: `hung: idle`. */
export function causeText(cause: Cause, faults: readonly Failure[], local: boolean): string {
  return withHang(cause, kindOfHang(cause, faults, local));
}

/** The cause of an incident in words; undefined before a verdict. */
export function incidentCause(incident: Judged, local: boolean): string | undefined {
  return incident.cause && withHang(incident.cause, incidentHang(incident, local));
}

/** The kind of hang of an incident. A repair shows other faults, so the first verdict names it too. */
export function incidentHang({cause, faults, began}: Judged, local: boolean): HangKind | undefined {
  if (cause === undefined) return undefined;
  return (
    kindOfHang(cause, faults, local) ?? (began && kindOfHang(began.cause, began.faults, local))
  );
}

type Judged = Pick<Incident, 'cause' | 'faults' | 'began'>;

function withHang(cause: Cause, hang: HangKind | undefined): string {
  return cause === 'hung' && hang !== undefined ? `${cause}: ${hang}` : cause;
}

function kindOfHang(
  cause: Cause,
  faults: readonly Failure[],
  local: boolean,
): HangKind | undefined {
  const leading = cause === 'hung' ? leadingFault(faults, local) : undefined;
  return leading && hangOf(leading);
}

/** The kind of hang that a fault shows; undefined for other faults, and where it could not be seen. */
function hangOf(fault: Failure): HangKind | undefined {
  return fault.kind === 'response_timeout' || fault.kind === 'connect_timeout'
    ? fault.hang
    : undefined;
}

export function isSome(faults: readonly Failure[]): faults is readonly [Failure, ...Failure[]] {
  return faults.length > 0;
}

function causeOf({kind}: Failure, local: boolean): Cause {
  const {cause} = FAULTS[kind];
  return typeof cause === 'string' ? cause : local ? cause.here : cause.elsewhere;
}
