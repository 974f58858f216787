import type {Failure, Failures, Fault} from './fault.ts';
import type {Text} from './text.ts';

/** Which process we mean: a pid alone is not enough, since the kernel reuses pids. `startKey` is the kernel's own start time, compared as text. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly startKey: string;
}

/** How we know the target's process: named by its pid file, found as the listener of its port, or started by us. */
export type ProcessSource = 'pid-file' | 'port' | 'child';

export type ProcessReading =
  | {readonly state: 'unknown'; readonly reason: Text}
  | {
      readonly state: 'alive' | 'stopped' | 'traced' | 'zombie';
      readonly identity: ProcessIdentity;
      readonly via: ProcessSource;
      readonly command: string;
      /** Epoch ms at which the process started, where the platform says so. */
      readonly startedAt?: number;
    }
  | {
      readonly state: 'gone';
      readonly via: ProcessSource;
      readonly pid?: number;
      /** `left`: the pid file still names the dead process (a crash). `missing`: it went away too (maybe a restart). `none`: there is none to tell. */
      readonly pidFile: 'left' | 'missing' | 'none';
      /** How a child of our own ended. */
      readonly exit?: Text;
      /** Why a child of our own could not be started. */
      readonly startFailure?: Text;
    }
  | {
      readonly state: 'mismatch';
      readonly identity: ProcessIdentity;
      readonly via: ProcessSource;
      readonly command: string;
      readonly wanted: string;
    };

export interface PortReading {
  readonly port: number;
  readonly listening: boolean;
  /** Who listens, where it was asked for and could be told. `ours`: the target's process, one of its group or descendants, or one by its configured name. */
  readonly owner?: {readonly pid: number; readonly command: string; readonly ours: boolean};
}

export interface HttpReading {
  readonly status?: number;
  readonly connectMs?: number;
  readonly firstByteMs?: number;
  readonly totalMs?: number;
  /** First 2 KiB of the body, sanitised. */
  readonly excerpt?: string;
}

/** One number that a check measured, in the units of the Nagios plug-in API. */
export interface Metric {
  readonly name: string;
  readonly value: number;
  readonly unit: '' | 's' | 'ms' | 'us' | '%' | 'B' | 'KB' | 'MB' | 'GB' | 'TB' | 'c';
}

/** What one of a target's own checks saw. `text` is short: `12 days left`, `open in 0.4 ms`. */
export interface CheckReading {
  readonly kind: string;
  readonly state: 'ok' | 'warn' | 'failed' | 'unknown';
  readonly text: Text;
  readonly metrics: readonly Metric[];
}

export interface Readings {
  readonly process?: ProcessReading;
  readonly port?: PortReading;
  readonly api?: HttpReading;
  /** Of the target's own checks, by name. */
  readonly checks?: Readonly<Record<string, CheckReading>>;
}

/** One check: everything its probes saw together. */
export type Observation =
  | {
      readonly kind: 'ok';
      readonly readings: Readings;
      readonly latencyMs?: number;
      readonly warnings?: readonly Fault[];
      readonly notes?: readonly Text[];
    }
  | {
      readonly kind: 'failed';
      readonly readings: Readings;
      readonly faults: Failures;
      readonly latencyMs?: number;
      readonly warnings?: readonly Fault[];
    }
  | {readonly kind: 'inconclusive'; readonly reason: Text};

/** What one probe found. A fault fails the check; a warning (slow, a certificate that ends soon, an advisory check) is told and never healed. Notes are only shown. */
export interface ProbeResult {
  readonly readings: Readings;
  readonly faults: readonly Failure[];
  readonly warnings?: readonly Fault[];
  readonly latencyMs?: number;
  readonly notes?: readonly Text[];
}
