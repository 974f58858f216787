import {say} from '../../core/text/say.ts';
import {isRecord, parseJson} from '../../format/json.ts';
import {sanitize} from '../../format/sanitize.ts';
import type {ControlHost} from './host.ts';

/** The fields that a body may have, and what each has to be. */
export type Fields = Readonly<Record<string, 'string' | 'boolean' | 'number'>>;

export type BodyReading =
  | {readonly kind: 'fields'; readonly fields: Readonly<Record<string, unknown>>}
  | {readonly kind: 'wrong'; readonly message: string};

/** The JSON object that a body has to be, with no other fields than those; an empty body has none. */
export function readBody(
  text: string,
  allowed: Fields,
  suggest: ControlHost['suggest'],
): BodyReading {
  const value = text.trim() === '' ? {} : parseJson(text);
  if (!isRecord(value))
    return {
      kind: 'wrong',
      message: say`the body is no JSON object; wanted is e.g. ${example(allowed)}`,
    };
  const names = Object.keys(allowed);
  for (const [name, given] of Object.entries(value)) {
    const type = Object.hasOwn(allowed, name) ? allowed[name] : undefined;
    const shown = sanitize(name, 40);
    if (type === undefined)
      return {
        kind: 'wrong',
        message: say`there is no field '${shown}'; there is ${names.join(', ')}${suggest(name, names)}`,
      };
    if (typeof given !== type)
      return {
        kind: 'wrong',
        message: say`'${shown}' has to be a ${type}, e.g. ${example({[name]: type})}`,
      };
  }
  return {kind: 'fields', fields: value};
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
