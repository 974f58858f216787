import type {Cause} from './model/cause.ts';
import type {FailureKind, Fault, FaultKind} from './model/fault.ts';
import type {Text} from './model/text.ts';
import {message} from './text/message.ts';

/** The properties that a kind gives to a fault. */
interface FaultFacts {
  /** Fits a row of the screen; the fault itself has the full sentence. */
  readonly word: Text;
}

interface FailureFacts extends FaultFacts {
  /**
   * The cause that it means, and the one it means for a target on another machine, where that differs. `core/check/question.ts` names the answers
   * that mean something else.
   */
  readonly cause: Cause | {readonly here: Cause; readonly elsewhere: Cause};
  /** Hard evidence: the process or port itself shows it, so a second inspection replaces the threshold. */
  readonly evidence: 'hard' | 'soft';
}

interface WarningFacts extends FaultFacts {
  /** Logged as a warning; fails no check and never causes a restart. */
  readonly cause: 'none';
  /** It is only told: the target stays `ok`. */
  readonly harmless?: true;
}

const NOT_LISTENING = {here: 'not_listening', elsewhere: 'unreachable'} as const;

/** Every fault with its meaning; a fault without a row does not compile. */
export const FAULTS: {
  readonly [Kind in FaultKind]: Kind extends FailureKind ? FailureFacts : WarningFacts;
} = {
  process_gone: {cause: 'crashed', evidence: 'hard', word: message`gone`},
  process_zombie: {cause: 'zombie', evidence: 'hard', word: message`zombie`},
  process_stopped: {cause: 'suspended', evidence: 'hard', word: message`stopped`},
  process_mismatch: {cause: 'crashed', evidence: 'hard', word: message`mismatch`},
  pid_file_missing: {cause: 'crashed', evidence: 'hard', word: message`no pid file`},
  pid_file_invalid: {cause: 'none', word: message`bad pid file`},
  answer_unproven: {cause: 'none', word: message`left over`},

  told_to_stop: {cause: 'stopped_on_purpose', evidence: 'hard', word: message`stopped on purpose`},
  being_restarted: {cause: 'crashed', evidence: 'hard', word: message`restarting`},

  port_foreign: {cause: 'port_taken', evidence: 'hard', word: message`a stranger's`},
  port_closed: {cause: NOT_LISTENING, evidence: 'soft', word: message`closed`},
  connect_refused: {cause: NOT_LISTENING, evidence: 'soft', word: message`refused`},
  connect_timeout: {
    cause: {here: 'hung', elsewhere: 'unreachable'},
    evidence: 'soft',
    word: message`no connection`,
  },
  connection_reset: {cause: 'erroring', evidence: 'soft', word: message`reset`},
  dns_failed: {cause: 'elsewhere', evidence: 'soft', word: message`no such host`},
  tls_failed: {cause: 'unreachable', evidence: 'soft', word: message`tls failed`},
  tls_expiring: {cause: 'none', word: message`ends soon`},

  response_timeout: {cause: 'hung', evidence: 'soft', word: message`no response`},
  response_truncated: {cause: 'erroring', evidence: 'soft', word: message`cut short`},
  response_too_large: {cause: 'erroring', evidence: 'soft', word: message`too large`},
  status_unexpected: {cause: 'erroring', evidence: 'soft', word: message`status`},
  body_invalid: {cause: 'unhealthy', evidence: 'soft', word: message`bad body`},
  body_unexpected: {cause: 'unhealthy', evidence: 'soft', word: message`body not ok`},
  malformed_response: {cause: 'none', harmless: true, word: message`bad http`},
  slow: {cause: 'none', word: message`slow`},

  exec_failed: {cause: 'unhealthy', evidence: 'soft', word: message`failed`},
  file_missing: {cause: 'unhealthy', evidence: 'soft', word: message`missing`},
  file_present: {cause: 'unhealthy', evidence: 'soft', word: message`present`},
  file_stale: {cause: 'unhealthy', evidence: 'soft', word: message`too old`},
  file_size: {cause: 'unhealthy', evidence: 'soft', word: message`wrong size`},
  disk_low: {cause: 'unhealthy', evidence: 'soft', word: message`disk low`},
  resource_high: {cause: 'none', word: message`too high`},
  check_unknown: {cause: 'none', word: message`unknown`},
};

/** Whether one of these warnings makes a healthy target `warn`. */
export function isConcerning(warnings: readonly Fault[]): boolean {
  return warnings.some(({kind}) => {
    const facts = FAULTS[kind];
    return !('harmless' in facts && facts.harmless);
  });
}

export const faultKinds = Object.keys(FAULTS) as readonly FaultKind[];

export const failureKinds = faultKinds.filter(
  (kind): kind is FailureKind => FAULTS[kind].cause !== 'none',
);
