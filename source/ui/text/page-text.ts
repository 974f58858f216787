import type {Line} from './spans.ts';

/** The content of a page of text. */
export interface PageText {
  readonly title: string;
  readonly scroll: number;
  /** The index of the selected line, if the page is a list. */
  readonly marked?: number;
  /** The lines for a page of `width` columns. */
  readonly lines: (width: number) => readonly Line[];
}
