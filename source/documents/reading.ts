import {isRecord} from '../format/json.ts';
import type {Fields, Shape} from './shape.ts';

/** What came of reading a document. */
export type Reading<T> = {readonly kind: 'read'; readonly value: T} | Damaged | Later;

/** `at` is the path to what is wrong, as `.targets.web`; '' where all of it is. */
export interface Damaged {
  readonly kind: 'damaged';
  readonly at: string;
}

/** Of a version that this program does not know. */
export interface Later {
  readonly kind: 'later';
  readonly version: number;
  /** The highest version that it knows. */
  readonly known: number;
  /** The version of the agent2 that wrote it, where that is said. */
  readonly by?: string;
}

type Document = Readonly<Record<string, unknown>>;

/** How a document is written that a later run reads back: it carries its `version`, and in `by` the agent2 that wrote it. */
export interface Format<T> {
  /** What is written now. */
  readonly version: number;
  /** Each makes of a document of one version the same in the next; the first is for version 1. */
  readonly lifts: ReadonlyArray<(document: Document) => Document>;
  readonly shape: Shape<T>;
}

/** The document as it would be written now, whatever version it was written in. */
export function readVersioned<T>(value: unknown, {version, lifts, shape}: Format<T>): Reading<T> {
  if (!isRecord(value)) return {kind: 'damaged', at: ''};
  const {version: written, by} = value;
  if (typeof written !== 'number' || !Number.isSafeInteger(written) || written < 1)
    return {kind: 'damaged', at: '.version'};
  if (written > version)
    return {
      kind: 'later',
      version: written,
      known: version,
      ...(typeof by === 'string' ? {by} : {}),
    };
  return shaped(
    lifts.slice(written - 1).reduce((document, lift) => lift(document), value as Document),
    shape,
  );
}

/** The same of a document without a version. */
export function shaped<T>(value: unknown, shape: Shape<T>): Reading<T> {
  const wrong = shape(value);
  return wrong === undefined ? {kind: 'read', value: value as T} : {kind: 'damaged', at: wrong};
}

/** As much of a document as can be used: a field that is wrong is that of `fallback`, and stands in `lost` as the path to what is wrong in it. */
export function salvaged<T extends object>(
  value: unknown,
  fields: Fields<T>,
  fallback: T,
): {readonly value: T; readonly lost: readonly string[]} {
  if (!isRecord(value)) return {value: fallback, lost: ['']};
  const usable = {...fallback} as Record<string, unknown>;
  const lost: string[] = [];
  for (const [name, shape] of Object.entries(fields) as ReadonlyArray<[string, Shape<unknown>]>) {
    const given = Object.hasOwn(value, name) ? value[name] : undefined;
    const wrong = shape(given);
    if (wrong !== undefined) lost.push(`.${name}${wrong}`);
    else if (given !== undefined) usable[name] = given;
  }
  // Every field is of its own shape by now.
  return {value: usable as T, lost};
}
