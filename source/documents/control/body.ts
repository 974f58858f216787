import type {Text} from '../../core/model/text.ts';
import {message} from '../../core/text/message.ts';
import {isRecord, parseJson} from '../../format/json.ts';
import {sanitize} from '../../format/sanitize.ts';

interface Types {
  readonly string: string;
  readonly boolean: boolean;
  readonly number: number;
}

/** The possible fields of a body, with their types. */
export type Fields = Readonly<Record<string, keyof Types>>;

/** The given fields. */
export type Given<F extends Fields> = {readonly [K in keyof F]?: Types[F[K]]};

export type BodyReading<T> =
  | {readonly kind: 'read'; readonly value: T}
  /** `message` says what is wrong, for a person who wrote the body by hand. */
  | {readonly kind: 'wrong'; readonly message: Text};

/** `; did you mean …?` for the nearest of the allowed words, or nothing. */
export type Suggest = (given: string, allowed: readonly string[]) => Text;

/** Parses the JSON object of a body, and refuses other fields than the allowed ones. An empty body has no fields. */
export function readBody<F extends Fields>(
  text: string,
  allowed: F,
  suggest: Suggest,
): BodyReading<Given<F>> {
  const value = text.trim() === '' ? {} : parseJson(text);
  return isRecord(value)
    ? readFields(value, allowed, suggest)
    : {
        kind: 'wrong',
        message: message`the body is not a JSON object; expected e.g. ${example(allowed)}`,
      };
}

export function readFields<F extends Fields>(
  value: Readonly<Record<string, unknown>>,
  allowed: F,
  suggest: Suggest,
): BodyReading<Given<F>> {
  const names = Object.keys(allowed);
  for (const [name, given] of Object.entries(value)) {
    const type = Object.hasOwn(allowed, name) ? allowed[name] : undefined;
    const shown = sanitize(name, 40);
    if (type === undefined)
      return {
        kind: 'wrong',
        message: message`there is no field '${shown}'; there is ${names.join(', ')}${suggest(name, names)}`,
      };
    if (typeof given !== type)
      return {
        kind: 'wrong',
        message: message`'${shown}' must be a ${type}, e.g. ${example({[name]: type})}`,
      };
  }
  return {kind: 'read', value: value as Given<F>};
}

const EXAMPLES: Readonly<Record<string, unknown>> = {
  target: 'web',
  for: '30m',
  name: 'prod',
  wait: false,
  do: 'archive',
  type: 'resumed',
  by: 'user',
  on: true,
  untilAt: 1_769_509_805_000,
};

function example(fields: Fields): string {
  return JSON.stringify(
    Object.fromEntries(Object.keys(fields).map(name => [name, EXAMPLES[name]])),
  );
}
