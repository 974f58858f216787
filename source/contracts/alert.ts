import type {z as Zod, ZodType} from 'zod';
import type {Text} from '../core/model/text.ts';
import type {Level} from '../core/model/target.ts';
import type {Refusal} from './refusal.ts';

/** One way to reach people: a file in `alerts/`, named like its word in the config. The caller decides the recipients and the time. */
export interface AlertDefinition<Options = unknown> {
  readonly summary: string;
  /** The schema of its value in the config; receives zod, since only a config file needs it. */
  options(z: typeof Zod): ZodType<Options>;
  /** Valid options, the shortest first, the fullest last. */
  readonly examples: readonly unknown[];
  /** Refused options: at least the most frequent mistake. */
  readonly refuses: readonly Refusal[];
  /** Delivers one message once: the caller decides about retries. Throws only for bugs, or by the abort of `signal`. */
  send(message: AlertMessage, options: Options, context: AlertContext): Promise<AlertReceipt>;
}

/** One message. Texts are sanitised, without secrets, and in the reader's language. */
export interface AlertMessage {
  /** The same for every try of this message, and for no other: a channel can recognise a second delivery by it. */
  readonly id: string;
  /** Epoch ms. */
  readonly at: number;
  readonly level: Level;
  readonly target: string;
  /** One line. */
  readonly title: string;
  /** Further lines, if any. */
  readonly text?: string;
}

interface AlertContext {
  /** Aborted at the time limit, and when agent2 ends. */
  readonly signal: AbortSignal;
  /** The time limit, in ms from now. */
  readonly timeoutMs: number;
}

/** The result of one delivery. `text` is one line for people. */
type AlertReceipt =
  /** The service accepted it; `id` is the service's own, if known. */
  | {readonly kind: 'delivered'; readonly text: Text; readonly id?: string}
  /** A temporary failure: worth another try, after `afterMs` if given. */
  | {readonly kind: 'failed'; readonly text: Text; readonly afterMs?: number}
  /** A permanent failure: another try would be refused too (a wrong token, no such room). */
  | {readonly kind: 'refused'; readonly text: Text};
