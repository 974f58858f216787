import type {Failure, Fault} from '../../core/model/fault.ts';
import type {Text} from '../../core/model/text.ts';
import type {CheckReading, Metric, ProbeResult} from '../../core/model/observation.ts';

interface Seen extends Pick<CheckReading, 'kind' | 'text'> {
  readonly metrics?: CheckReading['metrics'];
  readonly faults?: readonly Failure[];
  readonly warnings?: readonly Fault[];
  readonly notes?: readonly Text[];
}

/** The result of a target's own check: its reading appears under its name, and its state follows from the findings. */
export function checkResult(
  name: string,
  {kind, text, metrics = [], faults = [], warnings = [], notes}: Seen,
): ProbeResult {
  const blind = warnings.some(warning => warning.kind === 'check_unknown');
  const state =
    faults.length > 0 ? 'failed' : blind ? 'unknown' : warnings.length > 0 ? 'warn' : 'ok';
  return {
    readings: {checks: {[name]: {kind, state, text, metrics}}},
    faults,
    ...(warnings.length > 0 ? {warnings} : {}),
    ...(notes ? {notes} : {}),
  };
}

/** The duration, to the microsecond: finer digits of a clock are noise. */
export function timeMetric(ms: number): Metric {
  return {name: 'time', value: Math.round(ms * 1_000) / 1_000, unit: 'ms'};
}

/** A check that could not run, for a reason that says nothing about the service. */
export function unknownResult(name: string, kind: string, text: Text): ProbeResult {
  return checkResult(name, {kind, text, warnings: [{probe: name, kind: 'check_unknown', text}]});
}
