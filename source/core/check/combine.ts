import type {Fault} from '../model/fault.ts';
import type {Observation, ProbeResult, Readings} from '../model/observation.ts';

/** Merges readings; of two for the same probe or check, the later in the list wins. */
export function mergeReadings(readings: ReadonlyArray<Readings>): Readings {
  const checks = Object.assign({}, ...readings.map(({checks}) => checks)) as Readings['checks'];
  const merged = Object.assign({}, ...readings) as Readings;
  return Object.keys(checks ?? {}).length > 0 ? {...merged, checks} : merged;
}

/** Combines the results of one check's probes in the given order. A process held by a debugger cannot answer: that is a warning, not a failure. */
export function combine(results: readonly ProbeResult[]): Observation {
  const readings = mergeReadings(results.map(result => result.readings));
  const latencyMs = results.find(result => result.latencyMs !== undefined)?.latencyMs;
  const noted = results.flatMap(result => result.warnings ?? []);
  const faults = results.flatMap(result => result.faults);
  const excused = noted.some(isHeldByDebugger)
    ? faults.filter(({kind}) => kind !== 'port_foreign')
    : [];
  const [first, ...rest] = faults.filter(fault => !excused.includes(fault));
  if (first)
    return {
      kind: 'failed',
      readings,
      faults: [first, ...rest],
      latencyMs,
      ...(noted.length > 0 ? {warnings: noted} : {}),
    };
  const warnings = [...noted, ...excused];
  const notes = results.flatMap(result => result.notes ?? []);
  return {
    kind: 'ok',
    readings,
    latencyMs,
    ...(warnings.length > 0 ? {warnings} : {}),
    ...(notes.length > 0 ? {notes} : {}),
  };
}

export function isHeldByDebugger(warning: Fault): boolean {
  return warning.kind === 'process_stopped' && warning.traced;
}

/** The warning that the answer was slow, if it was. */
export function slowOf(
  observation: Observation | undefined,
): Extract<Fault, {kind: 'slow'}> | undefined {
  return observation?.kind === 'ok'
    ? observation.warnings?.find(warning => warning.kind === 'slow')
    : undefined;
}
