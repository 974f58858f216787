import type {z as Zod, ZodType} from 'zod';
import type {Level} from '../core/model/state.ts';
import type {Refusal} from './refusal.ts';

/** One way to reach people: a file in `alerts/`, named like its word in the config. Who hears what, and when, is decided before. */
export interface AlertDefinition<Options = unknown> {
  readonly summary: string;
  /** What stands behind its word in the config; zod is handed in, since only a config file needs it. */
  options(z: typeof Zod): ZodType<Options>;
  /** What a user may write there, the shortest first, the one with most options last. */
  readonly examples: readonly unknown[];
  /** What is refused. At least the mistake that is made most. */
  readonly refuses: readonly Refusal[];
  /** Hands one message over, once: whether it is tried again is decided by who asked. Throws only for bugs, or by the abort of `signal`. */
  send(message: AlertMessage, options: Options, context: AlertContext): Promise<AlertReceipt>;
}

/** What is told. Texts are sanitised, without secrets, and in the language of whoever reads them. */
export interface AlertMessage {
  /** The same for every try of this message, and for no other: by it a channel can tell a second delivery from a second message. */
  readonly id: string;
  /** Epoch ms. */
  readonly at: number;
  readonly level: Level;
  readonly target: string;
  /** One line. */
  readonly title: string;
  /** More lines, where there is more to say. */
  readonly text?: string;
}

interface AlertContext {
  /** Aborted when nobody waits any longer: at the time limit, and when agent2 ends. */
  readonly signal: AbortSignal;
  /** When that will be by itself, in ms from now. */
  readonly timeoutMs: number;
}

/** What became of it. `text` is one line for people. */
type AlertReceipt =
  /** Somebody else has it now; `id` is what they call it, where they say. */
  | {readonly kind: 'delivered'; readonly text: string; readonly id?: string}
  /** Not now: worth another try, not before `afterMs` where they say. */
  | {readonly kind: 'failed'; readonly text: string; readonly afterMs?: number}
  /** Never like this: another try would be refused too (a wrong token, no such room). */
  | {readonly kind: 'refused'; readonly text: string};
