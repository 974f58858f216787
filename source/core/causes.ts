import type {Cause} from './model/cause.ts';
import type {FixRequest} from './model/effect.ts';

/** How agent2 handles a cause. */
interface CauseFacts {
  /** AgentOS's word for it: the reason in `restart_signal` and, with spaces, the issue in a fix record. */
  readonly reason: FixRequest['reason'];
  /** The issue in a fix record, where it differs from `reason`. */
  readonly issue?: string;
  /**
   * `restart`: fixes the target. `continue`: sends SIGCONT first, then fixes. `hold`: waits until the cause is gone, since the fix cannot repair it.
   * `warn`: logs a warning and never leads to a fix.
   */
  readonly remedy: 'restart' | 'continue' | 'hold' | 'warn';
}

/** Every cause, the most specific first: the first one that the faults of a check name counts. */
export const CAUSES: Readonly<Record<Cause, CauseFacts>> = {
  port_taken: {reason: 'port_not_listening', remedy: 'hold'},
  zombie: {reason: 'process_not_alive', remedy: 'restart'},
  suspended: {reason: 'process_not_alive', remedy: 'continue'},
  crashed: {reason: 'process_not_alive', remedy: 'restart'},
  not_listening: {reason: 'port_not_listening', remedy: 'restart'},
  unreachable: {reason: 'health_check_failed', remedy: 'restart'},
  hung: {reason: 'health_check_failed', remedy: 'restart'},
  erroring: {reason: 'health_check_failed', remedy: 'restart'},
  unhealthy: {reason: 'health_check_failed', remedy: 'restart'},
  slow: {reason: 'health_check_failed', issue: 'slow response', remedy: 'warn'},
  manual: {reason: 'health_check_failed', issue: 'manual restart', remedy: 'restart'},
};

/** In the order of the table. */
export const causeNames = Object.keys(CAUSES) as readonly Cause[];

/** AgentOS's words for what a fix was made for. */
export function issueOf(cause: Cause): string {
  const {reason, issue} = CAUSES[cause];
  return issue ?? reason.replaceAll('_', ' ');
}
