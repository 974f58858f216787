/** A catalogue of another language: from the English text, with `{}` for each value, to the translated one, where `{}` is the next value and `{2}` the third. */
export type Catalogue = Readonly<Record<string, string>>;

let catalogue: Catalogue = {};
let english = true;

/** Chosen once, before anything is said: `{}` is English. */
export function speak(chosen: Catalogue): void {
  catalogue = chosen;
  english = Object.keys(chosen).length === 0;
}

/**
 * Text for people, in the language that was chosen. The English text is the key, as in gettext: say`paused for ${left}` is looked up as
 * `paused for {}`. What has no translation is said in English.
 */
export function say(text: TemplateStringsArray, ...values: readonly Value[]): string {
  return said(text, catalogue[text.join('{}')], values);
}

/**
 * The same for an English text that another language says otherwise in this `context`: looked up as `context|text` (gettext's msgctxt).
 * The context stands as a word in the code, so that it can be found there.
 */
export function sayOf(context: string): typeof say {
  return (text, ...values) => said(text, catalogue[`${context}|${text.join('{}')}`], values);
}

/** Whether no other language was chosen. Only for what is written otherwise elsewhere, like a number; never to decide anything. */
export function isEnglish(): boolean {
  return english;
}

type Value = string | number;

function said(
  text: TemplateStringsArray,
  translated: string | undefined,
  values: readonly Value[],
): string {
  if (translated === undefined)
    return text.reduce((before, part, index) => `${before}${values[index - 1]}${part}`);
  let next = 0;
  return translated.replace(/\{(\d?)\}/g, (_, index: string) =>
    String(values[index === '' ? next++ : Number(index)]),
  );
}
