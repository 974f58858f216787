import type {Line} from './spans.ts';

/** A page of text, as a screen gives it to be drawn. */
export interface PageText {
  readonly title: string;
  readonly scroll: number;
  /** The line that is chosen, in a list of lines to choose from. */
  readonly marked?: number;
  /** The lines for a page of `width` columns. */
  readonly lines: (width: number) => readonly Line[];
}
