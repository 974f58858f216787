import type {z as Zod, ZodType} from 'zod';
import {say} from '../core/text/say.ts';
import type {OwnWords} from './complaints.ts';
import {
  budgetFrom,
  budgetWanted,
  durationFrom,
  durationWanted,
  isName,
  nameWanted,
  wholeNumberFrom,
  wholeNumberWanted,
  type Range,
} from './values.ts';
import {readUrl} from './address.ts';

/** Single values of the config file. Each knows what is allowed and an example, for the words of a problem and for the published schema. */

type Z = typeof Zod;

/** `parse` gets the text of a text or a number, and gives undefined for what it does not allow; `json` is what the published schema says. */
export interface LeafSpec<T> {
  readonly about: string;
  readonly wanted: string;
  readonly example: string;
  readonly json: Readonly<Record<string, unknown>>;
  parse(text: string): T | undefined;
  /** Better words for what is wrong with a value that may be shown. */
  complain?(text: string): string;
}

export function leaf<T>(
  z: Z,
  {about, wanted, example, json, parse, complain}: LeafSpec<T>,
): ZodType<T> {
  return z
    .unknown()
    .transform((value, context): T => {
      const text =
        typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
      const parsed = text === undefined ? undefined : parse(text);
      if (parsed !== undefined) return parsed;
      const own: OwnWords = {
        wanted: say`${wanted}, e.g. ${example}`,
        said: text === undefined ? undefined : complain?.(text),
      };
      context.addIssue({code: 'custom', params: {own}});
      return z.NEVER;
    })
    .meta({
      description: about,
      ...json,
      examples: [json['type'] === 'integer' ? Number(example) : example],
    });
}

export function duration(z: Z, about: string, leastMs: number, example: string): ZodType<number> {
  const json = {
    type: ['string', 'number'],
    pattern: '^\\s*(\\d+(\\.\\d+)?|(\\d+(\\.\\d+)?(ms|s|m|h|d))+)\\s*$',
    minimum: 0,
  };
  return leaf(z, {
    about,
    wanted: durationWanted(leastMs),
    example,
    json,
    parse: text => durationFrom(text, leastMs),
  });
}

export function wholeNumber(z: Z, about: string, range: Range, example: number): ZodType<number> {
  return leaf(z, {
    about,
    wanted: wholeNumberWanted(range),
    example: String(example),
    json: {type: 'integer', minimum: range[0], maximum: range[1]},
    parse: text => wholeNumberFrom(text, range),
  });
}

export function budget(z: Z, about: string) {
  return leaf(z, {
    about,
    wanted: budgetWanted(),
    example: '3 in 5m',
    json: {type: 'string', pattern: '^\\s*\\d+\\s+in\\s+\\S+\\s*$'},
    parse: budgetFrom,
  });
}

export function name(z: Z, about: string, example: string): ZodType<string> {
  const json = {type: 'string', pattern: '^[\\p{L}\\p{N}][\\p{L}\\p{N}._:-]{0,62}$'};
  return leaf(z, {
    about,
    wanted: nameWanted(),
    example,
    json,
    parse: text => (isName(text) ? text : undefined),
  });
}

export function url(z: Z, about: string): ZodType<URL> {
  const parse = (text: string) => {
    const reading = readUrl(text);
    return reading.kind === 'url' ? reading.url : undefined;
  };
  const complain = (text: string) => {
    const reading = readUrl(text);
    return reading.kind === 'url' ? '' : say`: ${reading.reason}, e.g. ${reading.instead}`;
  };
  return leaf(z, {
    about,
    wanted: say`wanted is a url with http:// or https://`,
    example: 'http://127.0.0.1:3000/health',
    json: {type: 'string', format: 'uri'},
    parse,
    complain,
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
          ? say`: put it in quotes, '${String(value)}'`
          : say`, e.g. ${example}`;
      const own: OwnWords = {wanted: say`wanted is a text${quotes}`};
      context.addIssue({code: 'custom', params: {own}});
      return z.NEVER;
    })
    .meta({
      description: about,
      type: 'string',
      minLength: 1,
      examples: [example],
    });
}

/** A command as its words: nothing is run by a shell. */
export function argv(z: Z, about: string, example: readonly string[]): ZodType<readonly string[]> {
  return z.tuple([z.string().min(1)], z.string()).meta({description: about, examples: [example]});
}
