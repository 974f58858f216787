import type {Text} from './text.ts';

/** One fault that a probe saw. The table in `core/faults.ts` says what each kind means. */
export type Fault = Failure | Warning;

/** Faults that may fail a check; a probe may also only warn of them. */
export type Failure = Seen & FailureDetail;

/** Faults that fail no check, whichever probe sees them, and never lead to a fix. */
export type Warning = Seen & WarningDetail;

/** At least one: the faults of a failed check. */
export type Failures = readonly [Failure, ...Failure[]];

interface Seen {
  readonly probe: ProbeName;
  /** A sanitised sentence with numbers that a person can act on. */
  readonly text: Text;
  /** The faulty parts of the service, where the probe can tell: the names in `notFor`. */
  readonly components?: readonly string[];
  /**
   * The dependency that the answer itself blames, and nothing else: `database`, `cache` and the like (see `core/check/dependency-names.ts`). A restart
   * of the service does not repair it.
   */
  readonly dependency?: string;
}

/** Who answered, as far as an answer shows it: its headers `server` and `via`, and the proxy whose own error page it is (`nginx`). */
export interface AnsweredBy {
  readonly server?: string;
  readonly via?: string;
  readonly page?: string;
}

/** What the port speaks instead of what it was asked in: TLS, HTTP without TLS, or no HTTP at all. */
export type Protocol = 'tls' | 'plain' | 'other';

/** Every target has `process`, `port` and `api`; any other is the name of one of its checks. */
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
      readonly command: Text;
    }
  | {
      readonly kind: 'status_unexpected';
      readonly status: number;
      readonly from?: AnsweredBy;
      /** How long a 429 or 503 asks to wait (`Retry-After`), at most an hour. */
      readonly retryAfterMs?: number;
      /** Where a redirect leads, without credentials and query. */
      readonly location?: string;
      readonly protocol?: Protocol;
    }
  | {
      readonly kind: 'tls_failed' | 'connection_reset' | 'response_truncated';
      readonly protocol?: Protocol;
    }
  | {
      readonly kind: 'body_unexpected';
      readonly field: string;
      readonly wanted: Text;
      readonly got: Text;
      /** The body has no such field, or says in another word that all is well: the expectation does not fit the service. */
      readonly mismatch?: boolean;
    }
  | {readonly kind: 'exec_failed'; readonly code?: number; readonly lastLine: string}
  | {readonly kind: 'connect_timeout' | 'response_timeout'; readonly hang?: HangKind}
  | {
      readonly kind: 'connect_refused' | 'port_closed';
      /** The ports on which the target's process listens instead; the same one where it is open on another address. */
      readonly listensOn?: readonly number[];
      /** The process that stood in front of the target on its port, and has ended; the target listens behind it. */
      readonly frontEnded?: number;
    }
  | {readonly kind: PlainFailureKind};

/**
 * What a service does while its answer is late, where that can be seen (`core/check/hang.ts`). `idle`: nobody accepts or reads and no CPU is
 * used, as in a deadlock. `busy`: CPU is used. `waits`: it waits for something else.
 */
export type HangKind = 'idle' | 'busy' | 'waits';

type PlainFailureKind =
  /** The process manager was told to stop the service. */
  | 'told_to_stop'
  /** The process manager starts, stops or restarts the service right now. */
  | 'being_restarted'
  | 'pid_file_missing'
  | 'dns_failed'
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
  /** The answer breaks a rule of HTTP, but is understood. */
  | 'malformed_response'
  /** A process from before the fix answers, so the answer proves nothing about the new one. */
  | 'answer_unproven'
  /** The check could not run, for a reason that says nothing about the service. */
  | 'check_unknown';

/** Kinds without fields of their own. */
export type PlainFault =
  | Extract<Fault, {readonly kind: PlainFailureKind}>
  | Extract<Fault, {readonly kind: PlainWarningKind}>;

export type FaultKind = Fault['kind'];
export type FailureKind = Failure['kind'];
