import type {Text, TextData} from '../core/model/text.ts';
import {isTextData, mapOutside} from '../core/text/message.ts';
import {render} from '../core/text/say.ts';
import {isRecord} from '../format/json.ts';
import {sanitize} from '../format/sanitize.ts';
import {text as textShape} from './model/text.ts';

/**
 * A text in a document for people and scripts: under its name as a sentence in the writer's language, and next to it, as
 * `NAME_data`, the data from which another agent2 builds its own sentence. A plain sentence appears only once.
 */
export function stated<Name extends string>(name: Name, text: Text): Stated<Name> {
  return {
    [name]: render(text),
    ...(isTextData(text) ? {[dataOf(name)]: text} : {}),
  } as Stated<Name>;
}

export type Stated<Name extends string> = {readonly [N in Name]: string} & {
  readonly [N in `${Name}_data`]?: TextData;
};

/** Several texts by subject, as one object of sentences and one of data. */
export function statedAll<Name extends string>(
  name: Name,
  texts: Readonly<Record<string, Text>>,
): StatedAll<Name> {
  const data = Object.entries(texts).filter(([, text]) => isTextData(text));
  return {
    [name]: Object.fromEntries(Object.entries(texts).map(([about, text]) => [about, render(text)])),
    ...(data.length > 0 ? {[dataOf(name)]: Object.fromEntries(data)} : {}),
  } as StatedAll<Name>;
}

export type StatedAll<Name extends string> = {
  readonly [N in Name]: Readonly<Record<string, string>>;
} & {readonly [N in `${Name}_data`]?: Readonly<Record<string, TextData>>};

/** The text `name` of `document`; undefined without one. Cuts lines longer than `most`. */
export function statedText(
  document: Readonly<Record<string, unknown>>,
  name: string,
  most = 400,
): Text | undefined {
  return safeText(document[dataOf(name)], most) ?? safeText(document[name], most);
}

export function statedTexts(
  document: Readonly<Record<string, unknown>>,
  name: string,
): Readonly<Record<string, Text>> {
  const {[name]: sentences, [dataOf(name)]: data} = document;
  if (!isRecord(sentences)) return {};
  return Object.fromEntries(
    Object.keys(sentences).flatMap(about => {
      const text = safeText(isRecord(data) ? data[about] : undefined) ?? safeText(sentences[about]);
      return text === undefined ? [] : [[sanitize(about, 80), text]];
    }),
  );
}

/** The same document with every sentence in the language of this process, where its data are beside it. */
export function restated<T>(document: T): T {
  return restatedValue(document) as T;
}

function restatedValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(restatedValue);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => {
      if (name.endsWith('_data')) return [name, item];
      const beside = value[dataOf(name)];
      const data = typeof item === 'string' && isTextData(beside) && safeText(beside, 2_000);
      return [name, data ? render(data) : restatedValue(item)];
    }),
  );
}

function safeText(value: unknown, most = 400): Text | undefined {
  if (textShape(value) !== undefined) return undefined;
  return mapOutside(value as Text, outside => sanitize(outside, most));
}

function dataOf(name: string): string {
  return `${name}_data`;
}
