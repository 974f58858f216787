import type {Text} from '../core/model/text.ts';
import type {z as Zod, ZodType} from 'zod';
import {message} from '../core/text/message.ts';
import {readUrl} from './address.ts';
import type {OwnWords} from './complaints.ts';
import {budgetValue, nameValue, type ConfigValue} from './options/values.ts';

/** Single values of the config file. Each has its allowed values and an example, for messages and the published schema. */

type Z = typeof Zod;

/** A row of the table of options as a value of the file. */
export function option<T>(
  z: Z,
  {value, help}: {readonly value: ConfigValue<T>; help(): string},
): ZodType<T> {
  return leaf(z, help(), value);
}

/** `complain` gives a better message for a value that may be shown. */
export function leaf<T>(
  z: Z,
  about: string,
  {expected, example, json, parse}: Pick<ConfigValue<T>, 'expected' | 'example' | 'json' | 'parse'>,
  complain?: (text: string) => Text,
): ZodType<T> {
  return z
    .unknown()
    .transform((value, context): T => {
      const text =
        typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
      const parsed = text === undefined ? undefined : parse(text);
      if (parsed !== undefined) return parsed;
      const said = text === undefined ? undefined : complain?.(text);
      const own: OwnWords = {
        expected: message`${expected()}, e.g. ${example}`,
        ...(said === undefined ? {} : {said, whole: true}),
      };
      context.addIssue({code: 'custom', params: {own}});
      return z.NEVER;
    })
    .meta({
      description: asSentence(about),
      ...json,
      examples: [json['type'] === 'integer' ? Number(example) : example],
    });
}

export function budget(z: Z, about: string) {
  return leaf(z, about, budgetValue);
}

export function name(z: Z, about: string, example: string): ZodType<string> {
  return leaf(z, about, nameValue(example));
}

export function url(z: Z, about: string): ZodType<URL> {
  const value = {
    example: 'http://127.0.0.1:3000/health',
    expected: () => message`expected a url with http://, https:// or unix:`,
    json: {type: 'string', format: 'uri'},
    parse(text: string) {
      const reading = readUrl(text);
      return reading.kind === 'url' ? reading.url : undefined;
    },
  };
  return leaf(z, about, value, text => {
    const reading = readUrl(text);
    return reading.kind === 'url' ? '' : message`${reading.reason}, e.g. ${reading.instead}`;
  });
}

/** A text that is not empty. */
export function text(z: Z, about: string, example: string): ZodType<string> {
  return z
    .unknown()
    .transform((value, context): string => {
      if (typeof value === 'string' && value.trim() !== '') return value;
      const quotes =
        typeof value === 'number' || typeof value === 'boolean'
          ? message`: put it in quotes: '${String(value)}'`
          : message`, e.g. ${example}`;
      const own: OwnWords = {expected: message`expected a text${quotes}`};
      context.addIssue({code: 'custom', params: {own}});
      return z.NEVER;
    })
    .meta({
      description: asSentence(about),
      type: 'string',
      minLength: 1,
      examples: [example],
    });
}

/** A command as a list of words: no shell runs it. */
export function argv(z: Z, about: string, example: readonly string[]): ZodType<readonly string[]> {
  return z
    .tuple([z.string().min(1).regex(/\S/)], z.string())
    .meta({description: about, examples: [example]});
}

/** Help has clauses, a schema sentences. */
export function asSentence(clause: string): string {
  return clause.charAt(0).toUpperCase() + clause.slice(1);
}
