import {isRecord} from '../format/json.ts';
import type {Fields, Shape} from './shape.ts';

/** The result of reading a document. */
export type Reading<T> = {readonly kind: 'read'; readonly value: T} | Damaged | Later;

/** `at` is the path to the fault, as `.targets.web`; '' for the whole document. */
export interface Damaged {
  readonly kind: 'damaged';
  readonly at: string;
}

/** A version unknown to this program. */
export interface Later {
  readonly kind: 'later';
  readonly version: number;
  /** The highest known version. */
  readonly known: number;
  /** The version of the agent2 that wrote it, if named. */
  readonly by?: string;
}

type Document = Readonly<Record<string, unknown>>;

/** The format of a document that a later run reads: it carries its `version`, and in `by` the agent2 that wrote it. */
export interface Format<T> {
  /** The present version. */
  readonly version: number;
  /** Each converts a document to the next version; the first is for version 1. */
  readonly lifts: ReadonlyArray<(document: Document) => Document>;
  readonly shape: Shape<T>;
}

/** Converts a document of any version to the present one. */
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

/** Reads a document without a version. */
export function shaped<T>(value: unknown, shape: Shape<T>): Reading<T> {
  const wrong = shape(value);
  return wrong === undefined ? {kind: 'read', value: value as T} : {kind: 'damaged', at: wrong};
}

/** The usable part of a document: replaces a faulty field by that of `fallback`, and lists the path to its fault in `lost`. */
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
  // Every field has its own shape by now.
  return {value: usable as T, lost};
}
