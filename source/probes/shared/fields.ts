import type {Text} from '../../core/model/text.ts';
import type {z as Zod, ZodType} from 'zod';
import {parseBytes} from '../../format/bytes.ts';
import {parseDuration} from '../../format/duration.ts';
import {tooLongHost} from '../../format/url-limits.ts';
import {sanitize} from '../../format/sanitize.ts';
import {message} from '../../core/text/message.ts';
import {wrong} from '../../format/issue-text.ts';

type Z = typeof Zod;

interface Expected {
  /** The allowed values, after "expected": `a duration of 1ms to 24h`. */
  readonly allowed: Text;
  readonly example: Text;
  /** For the published schema. */
  readonly about: string;
  /** The value may be a secret: messages do not show it. */
  readonly secret?: boolean;
}

/** A text or a number that `read` parses; undefined refuses it, with a message of the given value, the allowed ones and an example. */
export function word<T>(
  z: Z,
  {about, ...expected}: Expected,
  read: (given: string) => T | undefined,
): ZodType<T> {
  return z
    .union([z.string(), z.number()], {error: ({input}) => refusal(input, expected)})
    .transform((given, context): T => {
      const value = read(String(given));
      if (value !== undefined) return value;
      context.addIssue({code: 'custom', message: refusal(given, expected)});
      return z.NEVER;
    })
    .describe(about);
}

/** An unchanged text. */
export function text(
  z: Z,
  {about, ...expected}: Expected,
  accepts: RegExp = /[^]/,
): ZodType<string> {
  return z
    .string({error: ({input}) => refusal(input, expected)})
    .regex(accepts, {error: ({input}) => refusal(input, expected)})
    .describe(about);
}

const DAY_MS = 86_400_000;

/** Milliseconds, from `1ms` to `mostMs`. */
export function duration(z: Z, about: string, example: string, mostMs = DAY_MS): ZodType<number> {
  const allowed = message`a duration of 1ms to ${mostMs / DAY_MS}d, written as 500ms, 5s, 2m, 1h, 7d or a number of seconds`;
  return word(z, {allowed, example, about}, given => {
    const ms = parseDuration(given);
    return ms !== undefined && ms >= 1 && ms <= mostMs ? ms : undefined;
  });
}

/** Bytes. */
export function size(z: Z, about: string, example: string): ZodType<number> {
  return word(
    z,
    {allowed: message`a size, written as 512MiB, 1.5GB or a number of bytes`, example, about},
    parseBytes,
  );
}

/** A percentage as the number before its `%`. */
export function percent(given: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*%$/.exec(given.trim());
  return match ? Number(match[1]) : undefined;
}

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** `host:port`, an IPv6 address in brackets; the port is optional where a usual one exists. */
export function address(
  z: Z,
  about: string,
  example: string,
  usualPort?: number,
): ZodType<Address> {
  const allowed =
    usualPort === undefined
      ? 'host:port'
      : message`host:port, or a host alone for port ${usualPort}`;
  return word(z, {allowed, example, about}, given => {
    const match =
      /^(?:\[([\da-fA-F:.]+)\]|((?!\d+(?::|$))[^\s:/[\]@-][^\s:/[\]@]*))(?::(\d{1,5}))?$/.exec(
        given.trim(),
      );
    const host = match?.[1] ?? match?.[2];
    const port = match?.[3] === undefined ? usualPort : Number(match[3]);
    return host !== undefined &&
      tooLongHost(host) === undefined &&
      port !== undefined &&
      port >= 1 &&
      port <= 65_535
      ? {host, port}
      : undefined;
  });
}

/** An absolute path: a check has no directory of its own; the loader resolved relative paths of the config file. */
export function absolutePath(z: Z, about: string, example: string): ZodType<string> {
  return text(
    z,
    {
      allowed: message`an absolute path, or one that begins with ./, relative to the config file`,
      example,
      about,
    },
    /^\/[^\0]*$/,
  );
}

export function flag(z: Z, about: string): ZodType<boolean> {
  return z
    .boolean({
      error: ({input}) => refusal(input, {allowed: message`true or false`, example: 'true'}),
    })
    .describe(about);
}

/**
 * Accepts the full form (an object, unless `isLong` says otherwise), or a short form for the usual case, which `expand` turns into the full one. Unlike a union, it
 * reports a fault for the form that was meant, at its place.
 */
export function shortOrLong<T>(
  z: Z,
  {short, expand, long, isLong = isObject, allowed, example}: ShortOrLong<T>,
): ZodType<T> {
  const schema = z.unknown().transform((given, context): T => {
    if (given === undefined) {
      context.addIssue({code: 'custom', message: refusal(undefined, {allowed, example})});
      return z.NEVER;
    }
    const result = long.safeParse(isLong(given) ? given : expand(given));
    if (result.success) return result.data;
    // The short form has no parts to point at.
    for (const issue of result.error.issues)
      context.addIssue({...issue, path: isLong(given) ? issue.path : []});
    return z.NEVER;
  });
  // The transform hides both forms from the published schema.
  schema._zod.toJSONSchema = () => {
    const {$schema: _, ...published} = z.toJSONSchema(z.union([short, long]), {io: 'input'});
    return published;
  };
  return schema;
}

interface ShortOrLong<T> {
  readonly short: ZodType;
  expand(given: unknown): unknown;
  readonly long: ZodType<T>;
  readonly isLong?: (given: unknown) => boolean;
  readonly allowed: Text;
  readonly example: Text;
}

function isObject(given: unknown): boolean {
  return typeof given === 'object' && given !== null && !Array.isArray(given);
}

/** The given value, the allowed ones, an example; as an issue carries it. */
export function refusal(
  given: unknown,
  {allowed, example, secret = false}: Pick<Expected, 'allowed' | 'example' | 'secret'>,
): string {
  return wrong(seenOf(given, secret), message`expected ${allowed}, e.g. ${example}`);
}

function seenOf(given: unknown, secret: boolean): Text {
  if (given === undefined) return message`it is missing`;
  if (secret) return message`it cannot be used (hidden, because it may be a secret)`;
  const shown = typeof given === 'string' ? given : (JSON.stringify(given) ?? typeof given);
  return message`'${sanitize(shown, 80)}' cannot be used`;
}
