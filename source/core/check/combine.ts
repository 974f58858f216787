import type {Failure, FailureKind, Fault} from '../model/fault.ts';
import type {Observation, ProbeResult, Readings} from '../model/observation.ts';

/** Merges readings; of two for the same probe or check, the later in the list wins. */
export function mergeReadings(readings: ReadonlyArray<Readings>): Readings {
  const checks = Object.assign({}, ...readings.map(({checks}) => checks)) as Readings['checks'];
  const merged = Object.assign({}, ...readings) as Readings;
  return Object.keys(checks ?? {}).length > 0 ? {...merged, checks} : merged;
}

/**
 * Combines the results of one check's probes in the given order. A process held by a debugger cannot answer: that is a warning, not a failure.
 * `answered`: the service was asked and gave the right answer, which outweighs every guess about processes.
 */
export function combine(
  results: readonly ProbeResult[],
  answered = false,
): Exclude<Observation, {kind: 'inconclusive'}> {
  const readings = mergeReadings(results.map(result => result.readings));
  const latencyMs = results.find(result => result.latencyMs !== undefined)?.latencyMs;
  const noted = results.flatMap(result => result.warnings ?? []);
  const faults = results.flatMap(result => result.faults);
  const guessed = faults.filter(fault => isGuess(fault, readings, answered));
  const isHeld = noted.some(isHeldByDebugger);
  const excused = isHeld ? faults.filter(({kind}) => kind !== 'port_foreign') : guessed;
  // That somebody restarts it is no news beside its answer.
  const told = excused.filter(({kind}) => kind !== 'being_restarted');
  const warnings = isHeld ? [...noted, ...told] : [...told, ...noted];
  const [first, ...rest] = faults.filter(fault => !excused.includes(fault));
  if (first)
    return {
      kind: 'failed',
      readings,
      faults: [first, ...rest],
      latencyMs,
      ...(warnings.length > 0 ? {warnings} : {}),
    };
  const notes = results.flatMap(result => result.notes ?? []);
  return {
    kind: 'ok',
    readings,
    latencyMs,
    ...(warnings.length > 0 ? {warnings} : {}),
    ...(notes.length > 0 ? {notes} : {}),
  };
}

/** Faults that say who the process is or who holds the port, not how the service answers. */
const IDENTITY: readonly FailureKind[] = [
  'process_gone',
  'process_zombie',
  'process_mismatch',
  'pid_file_missing',
  'being_restarted',
];

/**
 * Whether a fault only warns: the service answers right, so that it lives whoever it is; or a relative of the dead process listens, so that
 * only the pid file is out of date. agent2 knows the end of its own child for certain.
 */
function isGuess({kind}: Failure, {process, port}: Readings, answered: boolean): boolean {
  if (process?.state === 'gone' && process.via === 'child') return false;
  if (kind === 'port_foreign') return answered;
  return IDENTITY.includes(kind) && (answered || port?.owner?.holder === 'successor');
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
