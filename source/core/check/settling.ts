import {lastOutcome} from './samples.ts';
import type {Failures} from '../model/fault.ts';
import type {ProcessReading} from '../model/observation.ts';
import type {TargetState} from '../model/target.ts';
import {notify, type Step} from '../notice.ts';
import {message} from '../text/message.ts';
import {span} from '../text/span.ts';

/** Whether the end of a process is halfway through a restart by somebody else, and how long that may take. */

/** The process has just gone and nothing names it any more, as halfway through an external restart. */
export function maybeRestart(target: TargetState, faults: Failures, at: number): boolean {
  return (
    at < (target.goneSince ?? at) + settleMs(target) &&
    isUnnamed(target.readings.process) &&
    !faults.some(fault => fault.kind === 'port_foreign')
  );
}

export function settle(target: TargetState, at: number): Step {
  const untilAt = (target.goneSince ?? at) + settleMs(target);
  const text = message`the process is gone and no pid file names it: somebody may be restarting it; waiting ${span(untilAt - at)}`;
  return notify(
    {...target, repair: {step: 'settling', untilAt}},
    {at, level: 'warning', kind: 'warn', text},
  );
}

function settleMs({policy, settings: {traits, overrides}}: TargetState): number {
  return traits.takenByOthers && overrides.settleMs === undefined
    ? Math.max(policy.settleMs, OTHERS_SETTLE_MS)
    : policy.settleMs;
}

/** Whoever takes restart signals also restarts the service by itself, which takes an application of Python some seconds. */
const OTHERS_SETTLE_MS = 5_000;

/** Its manager starts or restarts it right now: that gets as long as a start may take. */
export function isBeingRestarted(
  {incident, policy}: TargetState,
  faults: Failures,
  at: number,
): boolean {
  return (
    faults.some(({kind}) => kind === 'being_restarted') &&
    at < (incident?.startedAt ?? at) + policy.startGraceMs
  );
}

/** Waits for the manager, and asks it again soon. */
export function awaitManager(
  target: TargetState,
  faults: Failures,
  told: boolean,
  at: number,
): Step {
  const waiting: TargetState = {
    ...target,
    repair: {step: 'settling', untilAt: at + MANAGER_MS},
  };
  const says = faults.find(({kind}) => kind === 'being_restarted')?.text ?? '';
  return told
    ? [waiting, []]
    : notify(waiting, {at, level: 'warning', kind: 'warn', text: message`${says}: waiting for it`});
}

/** The pause before a manager that restarts the service is asked again. */
const MANAGER_MS = 2_000;

/** No process was ever seen that could have ended, and the first check may find one that no pid file names. */
export function isFirstSight(target: TargetState): boolean {
  const {process, incident, lastCheck, samples, readings} = target;
  const known = process ?? incident ?? lastCheck ?? lastOutcome(samples);
  return known === undefined && isUnnamed(readings.process);
}

/** Dead, and no pid file names it any more. A zombie has ended as well: only its parent has not noticed. */
function isUnnamed(process: ProcessReading | undefined): boolean {
  if (process?.state === 'gone') return process.via !== 'child' && process.pidFile !== 'left';
  return process?.state === 'zombie' && (process.via === 'port' || process.pidFile === 'missing');
}
