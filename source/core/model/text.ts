/**
 * A text for people, kept as data, so that each reader gets it in their own language: `render` turns it into a sentence where it is shown.
 * A plain string comes from outside (a log line, the output of a command) or from an older version, and is shown unchanged.
 */
export type Text = string | TextData;

export type TextData = Message | Joined;

/** `key` is the English text with `{}` for each value. A `context` allows another translation of the same text. */
export interface Message {
  readonly key: string;
  readonly context?: string;
  readonly values?: readonly Value[];
}

/** Texts one after the other, with `separator` between them. */
interface Joined {
  readonly parts: readonly Text[];
  readonly separator?: Text;
}

export type Value = Text | number;
