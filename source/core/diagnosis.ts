import type {Fault} from './model/fault.ts';
import type {FixRequest} from './model/effect.ts';
import type {Cause} from './model/cause.ts';

/** Most specific rule first: the first row of which any fault of a check matches names the cause. */
const RULES: ReadonlyArray<readonly [Cause, (fault: Fault, local: boolean) => boolean]> = [
  ['port_taken', fault => fault.kind === 'port_foreign'],
  ['zombie', fault => fault.kind === 'process_zombie'],
  ['suspended', fault => fault.kind === 'process_stopped'],
  [
    'crashed',
    fault =>
      fault.kind === 'process_gone' ||
      fault.kind === 'pid_file_missing' ||
      fault.kind === 'process_mismatch',
  ],
  [
    'not_listening',
    (fault, local) => local && (fault.kind === 'port_closed' || fault.kind === 'connect_refused'),
  ],
  ['unreachable', fault => fault.kind === 'dns_failed' || fault.kind === 'tls_failed'],
  [
    'unreachable',
    (fault, local) =>
      !local &&
      (fault.kind === 'connect_timeout' ||
        fault.kind === 'connect_refused' ||
        fault.kind === 'port_closed'),
  ],
  ['hung', fault => fault.kind === 'response_timeout' || fault.kind === 'connect_timeout'],
  [
    'erroring',
    fault =>
      [
        'status_unexpected',
        'connection_reset',
        'response_truncated',
        'response_too_large',
      ].includes(fault.kind),
  ],
  [
    'unhealthy',
    fault =>
      [
        'body_unexpected',
        'body_invalid',
        'exec_failed',
        'file_missing',
        'file_present',
        'file_stale',
        'file_size',
        'disk_low',
      ].includes(fault.kind),
  ],
  ['slow', fault => fault.kind === 'slow'],
];

/** What the faults of one check together mean. `local` says whether the target is on this machine. */
export function diagnose(faults: readonly Fault[], local: boolean): Cause {
  return (
    RULES.find(([, matches]) => faults.some(fault => matches(fault, local)))?.[0] ?? 'unhealthy'
  );
}

/** The fault a person should read first: the one that named the cause. */
export function leadingFault(faults: readonly Fault[], local: boolean): Fault | undefined {
  const matches = RULES.find(([, test]) => faults.some(fault => test(fault, local)))?.[1];
  return faults.find(fault => matches?.(fault, local)) ?? faults[0];
}

/** Faults that need no threshold: the process is gone, a zombie or stopped, or the port is somebody else's. */
export function isHard(fault: Fault): boolean {
  switch (fault.kind) {
    case 'process_gone':
    case 'process_zombie':
    case 'process_stopped':
    case 'process_mismatch':
    case 'pid_file_missing':
    case 'port_foreign':
      return true;
    default:
      return false;
  }
}

/** AgentOS's words for a cause: the reason in `restart_signal` and, with spaces, the issue in a fix record. */
export function reasonOf(cause: Cause): FixRequest['reason'] {
  switch (cause) {
    case 'crashed':
    case 'zombie':
    case 'suspended':
      return 'process_not_alive';
    case 'not_listening':
    case 'port_taken':
      return 'port_not_listening';
    default:
      return 'health_check_failed';
  }
}
