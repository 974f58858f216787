/** What one probe saw that is not as it should be. `text` is a sentence with numbers that a person can act on; it is already sanitised. */
export type Fault = {
  readonly probe: ProbeName;
  readonly text: string;
  /** The parts of the service that are to blame, where the probe can tell: what `notFor` names. */
  readonly components?: readonly string[];
} & FaultDetail;

/** `process`, `port` and `api` are what every target has; any other is the name of one of its checks. */
export type ProbeName = 'process' | 'port' | 'api' | (string & {});

type FaultDetail =
  | {readonly kind: 'process_gone'; readonly pid?: number}
  | {readonly kind: 'process_zombie'; readonly pid: number}
  | {readonly kind: 'process_stopped'; readonly pid: number; readonly traced: boolean}
  | {readonly kind: 'process_mismatch'; readonly pid: number}
  | {
      readonly kind: 'port_foreign';
      readonly port: number;
      readonly pid?: number;
      readonly command: string;
    }
  | {readonly kind: 'status_unexpected'; readonly status: number}
  | {
      readonly kind: 'body_unexpected';
      readonly field: string;
      readonly wanted: string;
      readonly got: string;
    }
  | {readonly kind: 'slow'; readonly latencyMs: number; readonly limitMs: number}
  | {readonly kind: 'tls_expiring'; readonly daysLeft: number; readonly limitDays: number}
  | {readonly kind: 'exec_failed'; readonly code?: number; readonly lastLine: string}
  | {
      readonly kind: 'resource_high';
      readonly metric: string;
      readonly value: number;
      readonly limit: number;
    }
  | {readonly kind: PlainFaultKind};

type PlainFaultKind =
  | 'pid_file_missing'
  | 'pid_file_invalid'
  | 'port_closed'
  | 'dns_failed'
  | 'connect_refused'
  | 'connect_timeout'
  | 'connection_reset'
  | 'tls_failed'
  | 'response_timeout'
  | 'response_truncated'
  | 'response_too_large'
  | 'body_invalid'
  | 'file_missing'
  | 'file_present'
  | 'file_stale'
  | 'file_size'
  | 'disk_low'
  /** The check could not be made, for a reason of its own that says nothing about the service: always a warning. */
  | 'check_unknown';

export type FaultKind = Fault['kind'];
