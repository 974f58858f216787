import type {Text, TextData} from '../core/model/text.ts';
import {isTextData, mapOutside, sameText} from '../core/text/message.ts';
import {ENGLISH, render} from '../core/text/say.ts';
import {redact} from './redact.ts';
import {sanitize} from './sanitize.ts';

/** Hides secrets in all that a value says. The same value comes back where there was nothing to hide. */
export interface Cleaner {
  text(text: string): string;
  /** What comes from outside in it is one line, whatever it was. */
  line(text: Text): Text;
  /** Every text in it, but for those that are words of our own. */
  value<T>(value: T): T;
}

/**
 * What is told of a service is much the same from check to check, so that what became of a text is remembered. `secrets` are asked for
 * again whenever a text is new: a config file may have changed meanwhile.
 */
export function createCleaner(secrets: () => readonly string[]): Cleaner {
  const known = new Map<string, string>();
  let of: readonly string[] = [];
  const cleaner: Cleaner = {
    text(text) {
      if (text.length < SHORTEST) return text;
      const current = secrets();
      if (current !== of) known.clear();
      of = current;
      const before = known.get(text);
      if (before !== undefined) return before;
      if (known.size >= KEPT) known.clear();
      const clean = redact(text, current);
      if (text.length <= LONGEST_KEPT) known.set(text, clean);
      return clean;
    },
    line: text =>
      cleaner.value(
        mapOutside(text, outside =>
          /\p{Cc}/u.test(outside) ? sanitize(outside, outside.length) : outside,
        ),
      ),
    value: value => cleaned(value, cleaner.text) as typeof value,
  };
  return cleaner;
}

/** Nothing shorter is a secret. */
const SHORTEST = 4;
const KEPT = 500;
/** A response is another one at every check, and would fill the memory. */
const LONGEST_KEPT = 512;

/** What stands under these keys is compared and never written by anybody outside: a secret that is the same word must not change it. */
const OWN_WORDS = new Set([
  'about',
  'action',
  'by',
  'cause',
  'dependsOn',
  'drill',
  'fingerprint',
  'fix',
  'found',
  'health',
  'held',
  'kind',
  'level',
  'name',
  'notFor',
  'pidFile',
  'preset',
  'presets',
  'probe',
  'result',
  'startKey',
  'state',
  'status',
  'step',
  'target',
  'type',
  'unit',
  'verdict',
  'via',
]);

function cleaned(value: unknown, clean: (text: string) => string): unknown {
  if (typeof value === 'string') return clean(value);
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => cleaned(item, clean));
    return items.every((item, index) => Object.is(item, value[index])) ? value : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (isTextData(value)) return cleanedText(value, clean);
  let changed: Record<string, unknown> | undefined;
  for (const [key, item] of Object.entries(value as Record<string, unknown>)) {
    // Some of these words are the name of something deeper: only a text, or a list of them, is a word.
    const next = OWN_WORDS.has(key) && isWords(item) ? item : cleaned(item, clean);
    if (!Object.is(next, item)) (changed ??= {...value})[key] = next;
  }
  return changed ?? value;
}

/** What shows a secret only together with the words around it is one text from then on. */
function cleanedText(text: TextData, clean: (text: string) => string): Text {
  const parts = mapOutside(text, clean);
  const sentence = render(parts, ENGLISH);
  const cleanSentence = clean(sentence);
  return cleanSentence !== sentence ? cleanSentence : sameText(parts, text) ? text : parts;
}

function isWords(value: unknown): boolean {
  return (
    typeof value === 'string' ||
    (Array.isArray(value) && value.every(item => typeof item === 'string'))
  );
}
