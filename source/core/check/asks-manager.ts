import type {TargetState} from '../model/target.ts';

/**
 * Whether a failed check may lead to a fix, so that the process manager of the service is asked first. An answer costs up to half a second of CPU:
 * it is not asked about a first failure, nor while a fix or a wait is under way, which an inspection or another check follows.
 */
export function asksManager({repair, health, policy}: TargetState, at: number): boolean {
  switch (repair.step) {
    case 'fixing':
    case 'verifying':
    case 'waiting':
      return false;
    case 'held':
      return at >= repair.nextAttemptAt;
    default:
      return health.level === 'down' || health.failures + 1 >= policy.failureThreshold;
  }
}
