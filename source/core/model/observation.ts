import type {Failure, Failures, Fault} from './fault.ts';
import type {Text} from './text.ts';

/** Identifies a process: a pid alone is not enough, since the kernel reuses pids. `startKey` is the kernel's own start time, compared as text. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly startKey: string;
}

/** How agent2 knows the target's process: named by its pid file, found as the listener of its port, or started by agent2. */
export type ProcessSource = 'pid-file' | 'port' | 'child';

/**
 * What the port says about the process that a pid file names. `same`: it listens. `relative`: a relative of it does. `stranger`: only a
 * process that has nothing to do with it. `hidden`: one that cannot be seen. `nobody`: none listens.
 */
export type PortWord = 'same' | 'relative' | 'stranger' | 'hidden' | 'nobody';

export type ProcessReading =
  | {readonly state: 'unknown'; readonly reason: Text}
  | {
      readonly state: 'alive' | 'stopped' | 'traced' | 'zombie';
      readonly identity: ProcessIdentity;
      readonly via: ProcessSource;
      readonly command: string;
      /** Epoch ms of the process start, where the platform provides it. */
      readonly startedAt?: number;
      /** Missing while the port was not asked, or without one. */
      readonly atPort?: PortWord;
      /** It has the configured name. */
      readonly named?: true;
      /** The configured name, which it does not have; yet it holds the port, and the target answered right. */
      readonly unnamed?: string;
      /** Others than root and its own user may have written the pid file that names it, so that root does not signal it. */
      readonly unproven?: true;
      /** Of a zombie: its pid file is gone too, as after an orderly stop. */
      readonly pidFile?: 'missing';
    }
  | {
      readonly state: 'gone';
      readonly via: ProcessSource;
      readonly pid?: number;
      /** `left`: the pid file still names the dead process (a crash). `missing`: it is gone too (maybe a restart). `none`: the target has none. */
      readonly pidFile: 'left' | 'missing' | 'none';
      /** How agent2's own child ended. */
      readonly exit?: Text;
      /** The file with the output of agent2's own child. */
      readonly log?: string;
      /** Why agent2 could not start its own child. */
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
  /** The listener, where the probe asked for it and found it. `ours`: no stranger. */
  readonly owner?: {
    readonly pid: number;
    readonly command: Text;
    readonly ours: boolean;
    readonly holder?: Holder;
  };
}

/**
 * Who a listener is. `family`: the target's process, or one that belongs to it. `front`: what stood before the target when all was well, such as
 * a proxy. `manager`: the service manager of the machine. `successor`: a relative of the dead process, as after somebody else's restart.
 * `leftover`: one that the dead process left behind. `unsure`: nothing tells.
 */
export type Holder =
  'family' | 'front' | 'manager' | 'successor' | 'leftover' | 'unsure' | 'stranger';

export interface HttpReading {
  readonly status?: number;
  readonly connectMs?: number;
  readonly firstByteMs?: number;
  readonly totalMs?: number;
  /** First 2 KiB of the body, sanitised. */
  readonly excerpt?: string;
}

/** One number measured by a check, in the units of the Nagios plug-in API. */
export interface Metric {
  readonly name: string;
  readonly value: number;
  readonly unit: '' | 's' | 'ms' | 'us' | '%' | 'B' | 'KB' | 'MB' | 'GB' | 'TB' | 'c';
}

/** The result of one of a target's own checks. `text` is short: `12 days left`, `open in 0.4 ms`. */
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
  /** The target's own checks, by name. */
  readonly checks?: Readonly<Record<string, CheckReading>>;
}

/** One check: the combined results of its probes. */
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

/** The result of one probe. A fault fails the check; a warning (slow, a certificate near its end, an advisory check) is logged and never healed. Notes are only shown. */
export interface ProbeResult {
  readonly readings: Readings;
  readonly faults: readonly Failure[];
  readonly warnings?: readonly Fault[];
  readonly latencyMs?: number;
  readonly notes?: readonly Text[];
}
