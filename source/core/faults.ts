import type {Cause} from './model/cause.ts';
import type {FailureKind, FaultKind} from './model/fault.ts';
import {say} from './text/say.ts';

/** What is known of a fault by its kind alone. */
interface FaultFacts {
  /** Short enough for a row of the screen; the fault itself has the sentence. */
  readonly word: () => string;
}

interface FailureFacts extends FaultFacts {
  /** What it means; where it means something else of a target on another machine, that too. */
  readonly cause: Cause | {readonly here: Cause; readonly elsewhere: Cause};
  /** Hard evidence needs no threshold but a second look: the process or the port itself says so. */
  readonly evidence: 'hard' | 'soft';
}

interface WarningFacts extends FaultFacts {
  /** It is told, fails no check, and is never a reason to restart anything. */
  readonly cause: 'none';
}

const NOT_LISTENING = {here: 'not_listening', elsewhere: 'unreachable'} as const;

/** Every fault, and what it means: one without a row does not compile. */
export const FAULTS: {
  readonly [Kind in FaultKind]: Kind extends FailureKind ? FailureFacts : WarningFacts;
} = {
  process_gone: {cause: 'crashed', evidence: 'hard', word: () => say`gone`},
  process_zombie: {cause: 'zombie', evidence: 'hard', word: () => say`zombie`},
  process_stopped: {cause: 'suspended', evidence: 'hard', word: () => say`stopped`},
  process_mismatch: {cause: 'crashed', evidence: 'hard', word: () => say`mismatch`},
  pid_file_missing: {cause: 'crashed', evidence: 'hard', word: () => say`no pid file`},
  pid_file_invalid: {cause: 'none', word: () => say`bad pid file`},

  port_foreign: {cause: 'port_taken', evidence: 'hard', word: () => say`a stranger's`},
  port_closed: {cause: NOT_LISTENING, evidence: 'soft', word: () => say`closed`},
  connect_refused: {cause: NOT_LISTENING, evidence: 'soft', word: () => say`refused`},
  connect_timeout: {
    cause: {here: 'hung', elsewhere: 'unreachable'},
    evidence: 'soft',
    word: () => say`no connection`,
  },
  connection_reset: {cause: 'erroring', evidence: 'soft', word: () => say`reset`},
  dns_failed: {cause: 'unreachable', evidence: 'soft', word: () => say`no such host`},
  tls_failed: {cause: 'unreachable', evidence: 'soft', word: () => say`tls failed`},
  tls_expiring: {cause: 'none', word: () => say`ends soon`},

  response_timeout: {cause: 'hung', evidence: 'soft', word: () => say`no response`},
  response_truncated: {cause: 'erroring', evidence: 'soft', word: () => say`cut short`},
  response_too_large: {cause: 'erroring', evidence: 'soft', word: () => say`too large`},
  status_unexpected: {cause: 'erroring', evidence: 'soft', word: () => say`status`},
  body_invalid: {cause: 'unhealthy', evidence: 'soft', word: () => say`bad body`},
  body_unexpected: {cause: 'unhealthy', evidence: 'soft', word: () => say`body not ok`},
  slow: {cause: 'none', word: () => say`slow`},

  exec_failed: {cause: 'unhealthy', evidence: 'soft', word: () => say`failed`},
  file_missing: {cause: 'unhealthy', evidence: 'soft', word: () => say`missing`},
  file_present: {cause: 'unhealthy', evidence: 'soft', word: () => say`present`},
  file_stale: {cause: 'unhealthy', evidence: 'soft', word: () => say`too old`},
  file_size: {cause: 'unhealthy', evidence: 'soft', word: () => say`wrong size`},
  disk_low: {cause: 'unhealthy', evidence: 'soft', word: () => say`disk low`},
  resource_high: {cause: 'none', word: () => say`too high`},
  check_unknown: {cause: 'none', word: () => say`unknown`},
};

export const faultKinds = Object.keys(FAULTS) as readonly FaultKind[];

export const failureKinds = faultKinds.filter(
  (kind): kind is FailureKind => FAULTS[kind].cause !== 'none',
);
