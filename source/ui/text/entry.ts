import {fit} from '../../format/width.ts';
import {hanging, muted, paragraph, type Line} from './spans.ts';

/** The columns of a label. */
export const LABEL = 10;

/** A text beside its label, wrapped; nothing where there is no text. */
export function entry(label: string, text: string, width: number): readonly Line[] {
  return text === ''
    ? []
    : hanging(muted(fit(label, LABEL)), LABEL, paragraph(text, width - LABEL));
}
