import type {z as Zod, ZodType} from 'zod';
import type {Refusal} from './refusal.ts';
import type {ProbeName} from '../core/model/fault.ts';
import type {ProbeResult, ProcessIdentity, ProcessReading} from '../core/model/observation.ts';

/** One probe of a target. An expected failure is a fault in the result; a throw is a bug, or the abort of `signal`. */
export interface Probe {
  readonly kind: ProbeName;
  inspect(context: ProbeContext): Promise<ProbeResult>;
}

/** The limits of one check. */
export interface ProbeContext {
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  /** A slower answer is a warning. */
  readonly slowMs: number;
  /** False where the process manager need not be asked about a failure. */
  readonly askManager?: boolean;
}

/**
 * What the service said when it was asked: the `right` answer; one of `proxy` whose backend is missing (502, 503, 504); any `other` answer;
 * or `none`.
 */
export type Answer = 'right' | 'proxy' | 'other' | 'none';

/** What a check knows when it asks who holds the port. */
export interface Sight {
  /** `unasked`: nobody asked the service, since its process is gone, or answers nobody. */
  readonly answer: Answer | 'unasked';
  readonly process?: ProcessReading;
}

/**
 * One kind of check: a file in `probes/`, named like its word in the config. A target may have any number of each.
 * Its result carries a reading under the check's name (`readings.checks`), and faults whose `probe` is that name.
 */
export interface ProbeDefinition<Options = unknown> {
  readonly summary: string;
  /** The schema of its value in the config; receives zod, since only a config file needs it. */
  options(z: typeof Zod): ZodType<Options>;
  /** Valid options, the shortest first, the fullest last. */
  readonly examples: readonly unknown[];
  /** Refused options: at least the most frequent mistake. */
  readonly refuses: readonly Refusal[];
  create(options: Options, setup: ProbeSetup): Probe;
}

export interface ProbeSetup {
  /** The name of the check, unique in its target. */
  readonly name: string;
  /** The target's last known living process. */
  readonly process: () => ProcessIdentity | undefined;
}

/** Whom a TLS connection trusts, and as whom it comes. */
export interface TlsSettings {
  /** A file with the trusted certificates (PEM) instead of the system's. */
  readonly ca?: string;
  /** Trusts every issuer of a certificate; its dates and its name must be right all the same. */
  readonly allowSelfSigned?: boolean;
  /** A file with the client certificate (PEM), which may hold its key too. */
  readonly cert?: string;
  readonly key?: string;
  /** The name that the certificate must carry; the host by default. */
  readonly servername?: string;
}

/** How to request a url, and the expected answer. */
export interface HttpSpec extends TlsSettings {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Accepted status codes, as inclusive ranges. */
  readonly status: ReadonlyArray<readonly [from: number, to: number]>;
  readonly expect: readonly FieldExpectation[];
  /** A part of the body, which need not be JSON. */
  readonly expectText?: string;
}

/** The expectation of a field of the JSON body; all given parts must hold. `path` has dots, as in `db.state`. */
export interface FieldExpectation {
  readonly path: string;
  readonly equals?: string | number | boolean | null;
  readonly oneOf?: ReadonlyArray<string | number | boolean | null>;
  readonly min?: number;
  readonly max?: number;
  /** A part of a text, or a member of a list. */
  readonly contains?: string;
}

/** A TCP port on which a process listens. */
export interface OpenPort {
  readonly port: number;
  /** For people: the port, with its address where the asked host does not reach it. */
  readonly where: string;
  readonly isReached: boolean;
}
