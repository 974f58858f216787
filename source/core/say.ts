/** A catalogue of another language: from the English text, with `{}` for each value, to the translated one, where `{}` is the next value and `{2}` the third. */
export type Catalogue = Readonly<Record<string, string>>;

let catalogue: Catalogue = {};

/** Chosen once, before anything is said: `{}` is English. */
export function speak(chosen: Catalogue): void {
  catalogue = chosen;
}

/**
 * Text for people, in the language that was chosen. The English text is the key, as in gettext: say`paused for ${left}` is looked up as
 * `paused for {}`. What has no translation is said in English.
 */
export function say(english: TemplateStringsArray, ...values: ReadonlyArray<string | number>): string {
  const translated = catalogue[english.join('{}')];
  if (translated === undefined) return english.reduce((text, part, index) => `${text}${values[index - 1]}${part}`);
  let next = 0;
  return translated.replace(/\{(\d?)\}/g, (_, index: string) => String(values[index === '' ? next++ : Number(index)]));
}
