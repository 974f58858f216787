import {render} from '../../core/text/say.ts';
import {FAULTS} from '../../core/faults.ts';
import type {Fault, FaultKind, ProbeName} from '../../core/model/fault.ts';
import type {HealthLevel} from '../../core/model/health.ts';
import type {TargetState} from '../../core/model/state.ts';

/** What is wrong with a probe by the last check: `down` for a fault, `warn` for a warning. */
export interface Blemish {
  readonly level: Extract<HealthLevel, 'warn' | 'down'>;
  readonly fault: Fault;
}

export function blemishOf(target: TargetState, probe: ProbeName): Blemish | undefined {
  return blemishes(target).find(({fault}) => fault.probe === probe);
}

export function blemishes({lastCheck}: TargetState): readonly Blemish[] {
  const observation = lastCheck?.observation;
  if (observation?.kind === 'failed')
    return observation.faults.map(fault => ({level: 'down', fault}));
  return observation?.kind === 'ok'
    ? (observation.warnings ?? []).map(fault => ({level: 'warn', fault}))
    : [];
}

/** Short enough for a row; the why line has the sentence. */
export function faultWord(kind: FaultKind): string {
  return render(FAULTS[kind].word);
}
