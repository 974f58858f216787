import type {Cause} from './model/cause.ts';
import type {FixRequest} from './model/effect.ts';

/** How agent2 handles a cause. */
interface CauseFacts {
  /** How it shows, for docs/healing.md. */
  readonly signs: string;
  /** AgentOS's word for it: the reason in `restart_signal` and, with spaces, the issue in a fix record. */
  readonly reason: FixRequest['reason'];
  /** The issue in a fix record, where it differs from `reason`. */
  readonly issue?: string;
  /**
   * `restart`: fixes the target. `continue`: sends SIGCONT first, then fixes. `hold`: waits until the cause is gone, since the fix cannot repair it.
   * `once`: one attempt in an incident, then waits likewise. `tell` and `leave`: the target is down, and not restarted. `warn`: logs a warning and never leads
   * to a fix.
   */
  readonly remedy: 'restart' | 'continue' | 'hold' | 'once' | 'tell' | 'leave' | 'warn';
  /** `fix.for` may ask for the fix all the same. */
  readonly onRequest?: true;
}

/** Every cause, the most specific first: the first one that the faults of a check name counts. */
export const CAUSES: Readonly<Record<Cause, CauseFacts>> = {
  stopped_on_purpose: {
    signs: 'its manager (systemd, supervisor, pm2, docker) was told to stop it',
    reason: 'process_not_alive',
    remedy: 'leave',
  },
  port_taken: {signs: 'a stranger holds the port', reason: 'port_not_listening', remedy: 'hold'},
  zombie: {signs: 'dead, but not reaped', reason: 'process_not_alive', remedy: 'restart'},
  suspended: {signs: 'stopped by SIGSTOP', reason: 'process_not_alive', remedy: 'continue'},
  crashed: {
    signs: 'process gone, pid file missing, or it names another program',
    reason: 'process_not_alive',
    remedy: 'restart',
  },
  not_listening: {
    signs: 'connection refused or port closed, on this machine',
    reason: 'port_not_listening',
    remedy: 'restart',
  },
  unreachable: {
    signs: 'no TLS, or no connection to another machine',
    reason: 'health_check_failed',
    remedy: 'restart',
  },
  hung: {
    signs: 'no answer, or no connection, in time',
    reason: 'health_check_failed',
    remedy: 'restart',
  },
  erroring: {
    signs: 'wrong status, reset, cut short, too large',
    reason: 'health_check_failed',
    remedy: 'restart',
  },
  unhealthy: {
    signs: 'the body says something else than expected, or another required check failed',
    reason: 'health_check_failed',
    remedy: 'restart',
  },
  elsewhere: {
    signs:
      'a name that does not resolve here, a proxy that does not reach what is behind it or has ended, an answer that blames a dependency',
    reason: 'health_check_failed',
    remedy: 'once',
    onRequest: true,
  },
  refused: {
    signs:
      'was good, and now an answer that rejects the request: 4xx, a redirect elsewhere, a body too large to be checked',
    reason: 'health_check_failed',
    remedy: 'tell',
    onRequest: true,
  },
  probe_wrong: {
    signs: 'never good yet, and the answer says that the check asks for the wrong thing',
    reason: 'health_check_failed',
    remedy: 'tell',
  },
  slow: {
    signs: 'correct, but slower than `slow`',
    reason: 'health_check_failed',
    issue: 'slow response',
    remedy: 'warn',
  },
  manual: {
    signs: "`r`, or somebody's `restart_signal`",
    reason: 'health_check_failed',
    issue: 'manual restart',
    remedy: 'restart',
  },
};

/** In the order of the table. */
export const causeNames = Object.keys(CAUSES) as readonly Cause[];

/** The causes that `fix.for` may name. */
export const causesOnRequest = causeNames.filter(cause => CAUSES[cause].onRequest);

/** AgentOS's words for what a fix was made for. */
export function issueOf(cause: Cause): string {
  const {reason, issue} = CAUSES[cause];
  return issue ?? reason.replaceAll('_', ' ');
}
