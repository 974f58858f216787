import type {Text, TextData} from '../core/model/text.ts';
import {isTextData, mapOutside, sameText} from '../core/text/message.ts';
import {ENGLISH, render} from '../core/text/say.ts';
import {redact} from './redact.ts';
import {sanitize} from './sanitize.ts';

/** Redacts secrets in all texts of a value. Returns the same value when there was nothing to redact. */
export interface Cleaner {
  /** Redacts one text. */
  text(text: string): string;
  /** Redacts a text, and turns its outside parts into one line each. */
  line(text: Text): Text;
  /** Redacts every text in the value, except agent2's own words. */
  value<T>(value: T): T;
}

/**
 * The texts about a service hardly change from check to check, so results are cached. Asks for `secrets`
 * again at each new text, since a config file may have changed.
 */
export function createCleaner(secrets: () => readonly string[]): Cleaner {
  const known = new Map<string, string>();
  let lastSecrets: readonly string[] = [];
  const cleaner: Cleaner = {
    text(text) {
      if (text.length < SHORTEST) return text;
      const current = secrets();
      if (current !== lastSecrets) known.clear();
      lastSecrets = current;
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

/** A secret has at least this length. */
const SHORTEST = 4;
const KEPT = 500;
/** A response differs at every check, and would fill the cache. */
const LONGEST_KEPT = 512;

/** The values of these keys are compared and never come from outside: an equal secret must not change them. */
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
  'healFor',
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
  'provenBy',
  'question',
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

/** Runs for every event of every check, so it allocates nothing where nothing changes. */
function cleaned(value: unknown, clean: (text: string) => string): unknown {
  if (typeof value === 'string') return clean(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return cleanedList(value, clean);
  if (isTextData(value)) return cleanedText(value, clean);
  const all = value as Record<string, unknown>;
  let changed: Record<string, unknown> | undefined;
  for (const key of Object.keys(all)) {
    const item = all[key];
    // Some of these keys also hold objects, which are cleaned: only a string, or a list of them, is a word.
    const next = OWN_WORDS.has(key) && isWords(item) ? item : cleaned(item, clean);
    if (!Object.is(next, item)) (changed ??= {...all})[key] = next;
  }
  return changed ?? value;
}

function cleanedList(list: readonly unknown[], clean: (text: string) => string): unknown {
  let changed: unknown[] | undefined;
  for (const [index, item] of list.entries()) {
    const next = cleaned(item, clean);
    if (!Object.is(next, item)) (changed ??= [...list])[index] = next;
  }
  return changed ?? list;
}

/** Cleans the parts of a text; returns one plain sentence when a secret shows only in the joined text. */
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
