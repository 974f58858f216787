import type {Text, Value} from '../model/text.ts';
import {isTextData, message, messageOf} from './message.ts';

/** A catalogue of another language: from the English text, with `{}` for each value, to the translated one, where `{}` is the next value and `{2}` the third. */
export type Catalogue = Readonly<Record<string, string>>;

/** English texts are their own keys. */
export const ENGLISH: Catalogue = {};

let catalogue = ENGLISH;

/** Sets the language of this process; call it once, before the first text is rendered. */
export function setLanguage(chosen: Catalogue): void {
  catalogue = chosen;
}

/** Renders a text in the language of this process; in English without a translation. */
export function render(text: Text, language = catalogue): string {
  if (typeof text === 'string') return text;
  if ('parts' in text) {
    const separator = render(text.separator ?? '', language);
    return text.parts.map(part => render(part, language)).join(separator);
  }
  const {key, context, values = []} = text;
  const id = context === undefined ? key : `${context}|${key}`;
  const pattern = (Object.hasOwn(language, id) ? language[id] : undefined) ?? key;
  let next = 0;
  return pattern.replace(/\{(\d?)\}/g, (_, index: string) => {
    const value = values[index === '' ? next++ : Number(index)] ?? '';
    return typeof value === 'number' ? String(value) : render(value, language);
  });
}

/** The same value with every text rendered, for a reader that does not know texts. */
export function renderAll(value: unknown): unknown {
  if (isTextData(value)) return render(value);
  if (Array.isArray(value)) return value.map(renderAll);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, renderAll(item)]));
}

/**
 * A text that this process shows at once, in its language. The English text is the key, as in gettext: it looks up say`paused for ${left}`
 * as `paused for {}`. Use a `message` for stored or sent text, since others read it.
 */
export function say(text: TemplateStringsArray, ...values: readonly Value[]): string {
  return render(message(text, ...values));
}

/** The same with a `context`, for an English text with several translations: looked up as `context|text` (gettext's msgctxt). */
export function sayOf(context: string): typeof say {
  return (text, ...values) => render(messageOf(context)(text, ...values));
}
