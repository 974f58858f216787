import {fit} from '../../format/width.ts';
import {hanging, muted, paragraph, type Line} from './spans.ts';

/** The width of a label, in columns. */
export const LABEL = 10;

/** A wrapped text beside its label; no lines for an empty text. */
export function entry(label: string, text: string, width: number): readonly Line[] {
  return text === ''
    ? []
    : hanging(muted(fit(label, LABEL)), LABEL, paragraph(text, width - LABEL));
}
