import type {Fault, FaultKind, ProbeName} from '../core/fault.ts';
import type {HealthLevel} from '../core/health.ts';
import type {TargetState} from '../core/state.ts';

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
  if (observation?.kind === 'failed') return observation.faults.map(fault => ({level: 'down', fault}));
  return observation?.kind === 'ok' ? (observation.warnings ?? []).map(fault => ({level: 'warn', fault})) : [];
}

/** Short enough for a row; the why line has the sentence. */
export function faultWord(kind: FaultKind): string {
  return WORDS[kind] ?? kind.replaceAll('_', ' ');
}

const WORDS: Partial<Record<FaultKind, string>> = {
  pid_file_missing: 'no pid file',
  pid_file_invalid: 'bad pid file',
  process_gone: 'gone',
  port_closed: 'closed',
  port_foreign: "a stranger's",
  dns_failed: 'no such host',
  connect_refused: 'refused',
  connect_timeout: 'no connection',
  connection_reset: 'reset',
  tls_failed: 'tls failed',
  tls_expiring: 'ends soon',
  response_timeout: 'no response',
  response_truncated: 'cut short',
  response_too_large: 'too large',
  status_unexpected: 'status',
  body_invalid: 'bad body',
  body_unexpected: 'body not ok',
  exec_failed: 'failed',
  resource_high: 'too high',
  file_missing: 'missing',
  file_present: 'present',
  file_stale: 'too old',
  file_size: 'wrong size',
  disk_low: 'disk low',
  check_unknown: 'unknown',
};
