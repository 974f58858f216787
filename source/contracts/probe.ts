import type {z as Zod, ZodType} from 'zod';
import type {Refusal} from './refusal.ts';
import type {ProbeName} from '../core/model/fault.ts';
import type {ProbeResult, ProcessIdentity} from '../core/model/observation.ts';

/** One way to look at a target. Expected trouble is a fault in the result; a throw is a bug, or the abort of `signal`. */
export interface Probe {
  readonly kind: ProbeName;
  look(context: ProbeContext): Promise<ProbeResult>;
}

export interface ProbeContext {
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  readonly slowMs: number;
}

/**
 * One kind of check: a file in `probes/`, named like its word in the config. A target may have any number of each.
 * Its result carries a reading under the check's name (`readings.checks`), and faults whose `probe` is that name.
 */
export interface ProbeDefinition<Options = unknown> {
  readonly summary: string;
  /** What stands behind its word in the config; zod is handed in, since only a config file needs it. */
  options(z: typeof Zod): ZodType<Options>;
  /** What a user may write there, the shortest first, the one with most options last. */
  readonly examples: readonly unknown[];
  /** What is refused. At least the mistake that is made most. */
  readonly refuses: readonly Refusal[];
  create(options: Options, setup: ProbeSetup): Probe;
}

export interface ProbeSetup {
  /** The name of the check, unique in its target. */
  readonly name: string;
  /** The target's process as last seen alive. */
  readonly process: () => ProcessIdentity | undefined;
}

/** How a url is asked, and what a good answer is. */
export interface HttpSpec {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Status codes that are good, as inclusive ranges. */
  readonly status: ReadonlyArray<readonly [from: number, to: number]>;
  readonly expect: readonly FieldExpectation[];
}

/** What a field of the JSON body has to be; all that is given has to hold. `path` has dots, as in `db.state`. */
export interface FieldExpectation {
  readonly path: string;
  readonly equals?: string | number | boolean | null;
  readonly oneOf?: ReadonlyArray<string | number | boolean | null>;
  readonly min?: number;
  readonly max?: number;
  /** A part of a text, or a member of a list. */
  readonly contains?: string;
}
