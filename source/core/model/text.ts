/**
 * A text for people, kept as data, so that everybody reads it in their own language: `render` makes a sentence of it where it is shown.
 * A plain string comes from outside (a log line, what a command printed) or from an older version, and is shown as it is.
 */
export type Text = string | TextData;

export type TextData = Message | Joined;

/** `key` is the English text with `{}` for each value. In a `context` another language may say it otherwise. */
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
