import type {Message, Text, TextData, Value} from '../model/text.ts';

/** Data of a text: message`paused for ${span}` is `{key: 'paused for {}', values: [span]}`. */
export function message(text: TemplateStringsArray, ...values: readonly Value[]): Message {
  return values.length === 0 ? {key: keyOf(text)} : {key: keyOf(text), values};
}

/** The same with a `context`, for an English text with several translations; the context is a literal in the code, so that it can be found. */
export function messageOf(context: string): typeof message {
  return (text, ...values) => ({...message(text, ...values), context});
}

/** Joins texts; leaves out empty or missing ones. */
export function joined(texts: ReadonlyArray<Text | undefined>, separator?: Text): Text {
  const parts = texts.filter((text): text is Text => Boolean(text));
  if (parts.length < 2) return parts[0] ?? '';
  return separator === undefined ? {parts} : {parts, separator};
}

/** The parts joined with this separator; the text itself when it is not a joined one. */
export function partsOf(text: Text, separator: Text): readonly Text[] {
  return typeof text === 'object' && 'parts' in text && sameText(text.separator, separator)
    ? text.parts
    : [text];
}

/** Whether an unknown value has the shape of a text kept as data. */
export function isTextData(value: unknown): value is TextData {
  if (typeof value !== 'object' || value === null) return false;
  return 'key' in value
    ? typeof value.key === 'string' && hasOnly(value, MESSAGE)
    : 'parts' in value && Array.isArray(value.parts) && hasOnly(value, JOINED);
}

function hasOnly(value: object, names: ReadonlySet<string>): boolean {
  return Object.keys(value).every(name => names.has(name));
}

const MESSAGE: ReadonlySet<string> = new Set(['key', 'context', 'values']);
const JOINED: ReadonlySet<string> = new Set(['parts', 'separator']);

/** Applies `change` to the parts of a text that come from outside, such as a log line or a path. */
export function mapOutside(text: Text, change: (outside: string) => string): Text {
  if (typeof text === 'string') return change(text);
  if ('parts' in text) return {...text, parts: text.parts.map(part => mapOutside(part, change))};
  const {values} = text;
  if (!values) return text;
  return {
    ...text,
    values: values.map(value => (typeof value === 'number' ? value : mapOutside(value, change))),
  };
}

/** The outside parts of a text, a line each: search these for a word from outside, never agent2's own words. */
export function outsideOf(text: Text): string {
  if (typeof text === 'string') return text;
  const within = 'parts' in text ? text.parts : (text.values ?? []);
  return within.flatMap(value => (typeof value === 'number' ? [] : [outsideOf(value)])).join('\n');
}

/** Whether the text is, or somewhere contains, `part`. */
export function mentions(text: Text, part: Text): boolean {
  if (sameText(text, part)) return true;
  if (typeof text === 'string') return typeof part === 'string' && text.includes(part);
  const within = 'parts' in text ? text.parts : (text.values ?? []);
  return within.some(value => typeof value !== 'number' && mentions(value, part));
}

export function sameText(one: Text | undefined, other: Text | undefined): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object') return false;
  if ('parts' in one || 'parts' in other)
    return (
      'parts' in one &&
      'parts' in other &&
      sameText(one.separator, other.separator) &&
      sameValues(one.parts, other.parts)
    );
  return (
    one.key === other.key &&
    one.context === other.context &&
    sameValues(one.values ?? [], other.values ?? [])
  );
}

function sameValues(ones: readonly Value[], others: readonly Value[]): boolean {
  return (
    ones.length === others.length &&
    ones.every((one, index) => {
      const other = others[index];
      return typeof one === 'number' || typeof other === 'number'
        ? one === other
        : sameText(one, other);
    })
  );
}

/** A template is the same object at every run; joining it each time would cost as much as the rest. */
const keys = new WeakMap<TemplateStringsArray, string>();

function keyOf(text: TemplateStringsArray): string {
  const known = keys.get(text);
  if (known !== undefined) return known;
  const key = text.join('{}');
  keys.set(text, key);
  return key;
}
