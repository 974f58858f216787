import {causeNames} from '../causes.ts';
import {FAULTS} from '../faults.ts';
import type {Cause} from '../model/cause.ts';
import type {Failure, HangKind} from '../model/fault.ts';
import type {Incident} from '../model/incident.ts';
import type {TargetState} from '../model/target.ts';
import {blamesOthers, objectionOf} from './question.ts';

/** What the meaning of a fault depends on. */
export interface Asked {
  /** The target is on this machine. */
  readonly local: boolean;
  /** It was good at least once, asked like this: before that, an answer that does not fit shows that the question is wrong. */
  readonly proven: boolean;
}

export function askedOf({
  settings,
  proven = false,
}: Pick<TargetState, 'settings' | 'proven'>): Asked {
  return {local: settings.local, proven};
}

/** Names the most specific cause of one check's faults. */
export function diagnose(faults: readonly [Failure, ...Failure[]], asked: Asked): Cause {
  const causes = faults.map(fault => causeOf(fault, asked));
  return causeNames.find(cause => causes.includes(cause)) ?? causeOf(faults[0], asked);
}

/** The fault a person should read first: the one that named the cause. */
export function leadingFault(faults: readonly Failure[], asked: Asked): Failure | undefined {
  if (!isSome(faults)) return undefined;
  const cause = diagnose(faults, asked);
  return faults.find(fault => causeOf(fault, asked) === cause);
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
  if (cause !== 'hung') return undefined;
  const hung = faults.find(fault => causeOf(fault, {local, proven: true}) === cause);
  return hung && hangOf(hung);
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

function causeOf(fault: Failure, {local, proven}: Asked): Cause {
  const {cause} = FAULTS[fault.kind];
  const usual = typeof cause === 'string' ? cause : local ? cause.here : cause.elsewhere;
  if (blamesOthers(fault)) return 'elsewhere';
  const objection = objectionOf(fault);
  if (objection === undefined) return usual;
  if (!proven) return 'probe_wrong';
  return objection === 'refusal' ? 'refused' : usual;
}
