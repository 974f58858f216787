import type {Failure} from '../model/fault.ts';
import type {TargetState} from '../model/target.ts';

/** How long a start may take: what the policy says, doubled while starts turn out to need longer, so that no slow starter is restarted for ever. */

/** Doubling ends here; a policy may allow more. */
const MAX_LEARNED_MS = 10 * 60_000;
/** A start that took this share of its grace, or less, needs no longer one. */
const COMFORT = 2 / 3;

/** In milliseconds. */
export function startGraceMs({policy, slowStarts = 0}: TargetState): number {
  return graceAfter(policy.startGraceMs, slowStarts);
}

/** The start grace ended before the service answered: the next start gets twice as long when this one may still have been under way. */
export function afterSlowStart(target: TargetState): TargetState {
  const {policy, slowStarts = 0, incident} = target;
  if (!mayBeStarting(target, incident?.faults ?? [])) return target;
  const longer = graceAfter(policy.startGraceMs, slowStarts + 1);
  return longer > startGraceMs(target) ? {...target, slowStarts: slowStarts + 1} : target;
}

/** A start took `tookMs`: keeps only the doublings that it needs. */
export function afterStart(target: TargetState, tookMs: number): TargetState {
  const {policy, slowStarts} = target;
  if (slowStarts === undefined) return target;
  let needed = 0;
  while (needed < slowStarts && graceAfter(policy.startGraceMs, needed) * COMFORT < tookMs)
    needed += 1;
  return {...target, slowStarts: needed === 0 ? undefined : needed};
}

function graceAfter(policyMs: number, doublings: number): number {
  return Math.max(policyMs, Math.min(MAX_LEARNED_MS, policyMs * 2 ** doublings));
}

/** No process is known dead, and all that is wrong is what a starting service shows: a closed port, a reset by a forwarder before it, 503, no pid file yet. */
function mayBeStarting({readings}: TargetState, faults: readonly Failure[]): boolean {
  const process = readings.process?.state ?? 'unknown';
  return (
    faults.length > 0 &&
    (process === 'alive' || process === 'unknown') &&
    faults.every(
      fault =>
        fault.kind === 'port_closed' ||
        fault.kind === 'connect_refused' ||
        fault.kind === 'connection_reset' ||
        fault.kind === 'pid_file_missing' ||
        (fault.kind === 'status_unexpected' && fault.status === 503),
    )
  );
}
