import {version as own} from 'agent2:version';
import {say} from '../core/text/say.ts';
import {isRecord} from '../format/json.ts';
import type {Shape} from './shape.ts';

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

/** Who wrote it, and why it is not read: the end of a sentence that begins with its name. */
export function laterText({version, known, by}: Later): string {
  return by === undefined
    ? say`was written by a later agent2 (format ${version}; agent2 ${own} reads up to format ${known})`
    : say`was written by agent2 ${by} (format ${version}; agent2 ${own} reads up to format ${known})`;
}
