import type {Text} from './text.ts';

/** What one probe saw that is not as it should be. What each kind means is said by the table in `faults.ts`. */
export type Fault = Failure | Warning;

/** What may fail a check; a probe may also only warn of it. */
export type Failure = Seen & FailureDetail;

/** What is told and fails no check, whoever sees it: it never leads to a fix. */
export type Warning = Seen & WarningDetail;

/** At least one: what a failed check saw. */
export type Failures = readonly [Failure, ...Failure[]];

interface Seen {
  readonly probe: ProbeName;
  /** A sentence with numbers that a person can act on; it is already sanitised. */
  readonly text: Text;
  /** The parts of the service that are to blame, where the probe can tell: what `notFor` names. */
  readonly components?: readonly string[];
}

/** `process`, `port` and `api` are what every target has; any other is the name of one of its checks. */
export type ProbeName = 'process' | 'port' | 'api' | (string & {});

type FailureDetail =
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
  | {readonly kind: 'exec_failed'; readonly code?: number; readonly lastLine: string}
  | {readonly kind: PlainFailureKind};

type PlainFailureKind =
  | 'pid_file_missing'
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
  | 'disk_low';

type WarningDetail =
  | {readonly kind: 'slow'; readonly latencyMs: number; readonly limitMs: number}
  | {readonly kind: 'tls_expiring'; readonly daysLeft: number; readonly limitDays: number}
  | {
      readonly kind: 'resource_high';
      readonly metric: string;
      readonly value: number;
      readonly limit: number;
    }
  | {readonly kind: PlainWarningKind};

type PlainWarningKind =
  | 'pid_file_invalid'
  /** The check could not be made, for a reason of its own that says nothing about the service. */
  | 'check_unknown';

/** Those that have nothing but what all of them have. */
export type PlainFault =
  | Extract<Fault, {readonly kind: PlainFailureKind}>
  | Extract<Fault, {readonly kind: PlainWarningKind}>;

export type FaultKind = Fault['kind'];
export type FailureKind = Failure['kind'];
