import type {Fault, ProbeName} from '../../core/model/fault.ts';
import type {HealthLevel} from '../../core/model/health.ts';
import type {TargetState} from '../../core/model/target.ts';

/** A fault (`down`) or a warning (`warn`) of a probe in the last check. */
export interface Finding {
  readonly level: Extract<HealthLevel, 'warn' | 'down'>;
  readonly fault: Fault;
}

export function findingOf(target: TargetState, probe: ProbeName): Finding | undefined {
  return findings(target).find(({fault}) => fault.probe === probe);
}

export function findings({lastCheck}: TargetState): readonly Finding[] {
  const observation = lastCheck?.observation;
  if (observation?.kind === 'failed')
    return observation.faults.map(fault => ({level: 'down', fault}));
  return observation?.kind === 'ok'
    ? (observation.warnings ?? []).map(fault => ({level: 'warn', fault}))
    : [];
}
