import type {Fault, FaultKind, ProbeName} from '../../core/model/fault.ts';
import type {HealthLevel} from '../../core/model/health.ts';
import {say} from '../../core/text/say.ts';
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
  return WORDS()[kind] ?? kind.replaceAll('_', ' ');
}

const WORDS: () => Partial<Record<FaultKind, string>> = () => ({
  pid_file_missing: say`no pid file`,
  pid_file_invalid: say`bad pid file`,
  process_gone: say`gone`,
  port_closed: say`closed`,
  port_foreign: say`a stranger's`,
  dns_failed: say`no such host`,
  connect_refused: say`refused`,
  connect_timeout: say`no connection`,
  connection_reset: say`reset`,
  tls_failed: say`tls failed`,
  tls_expiring: say`ends soon`,
  response_timeout: say`no response`,
  response_truncated: say`cut short`,
  response_too_large: say`too large`,
  status_unexpected: say`status`,
  body_invalid: say`bad body`,
  body_unexpected: say`body not ok`,
  exec_failed: say`failed`,
  resource_high: say`too high`,
  file_missing: say`missing`,
  file_present: say`present`,
  file_stale: say`too old`,
  file_size: say`wrong size`,
  disk_low: say`disk low`,
  check_unknown: say`unknown`,
});
