import type {Text, TextData} from '../../core/model/text.ts';
import {isTextData} from '../../core/text/message.ts';
import type {Shape} from '../shape.ts';

/** A text for people: a finished sentence, or its data. */
export const text: Shape<Text> = value => (isText(value, DEEPEST) ? undefined : '');

/** agent2's texts nest little; without a limit a damaged file could exhaust the stack. */
const DEEPEST = 16;

function isText(value: unknown, deepest: number): boolean {
  return typeof value === 'string' || (deepest > 0 && isTextData(value) && isData(value, deepest));
}

function isData(data: TextData, deepest: number): boolean {
  const {separator, parts, key, context, values} = data as unknown as Readonly<
    Record<string, unknown>
  >;
  const within = (list: unknown) =>
    Array.isArray(list) &&
    list.every(each => typeof each === 'number' || isText(each, deepest - 1));
  if (parts !== undefined)
    return within(parts) && (separator === undefined || isText(separator, deepest - 1));
  return (
    isPlain(key) &&
    (context === undefined || isPlain(context)) &&
    (values === undefined || within(values))
  );
}

/** agent2's words contain no invisible characters, which would reach the terminal. */
function isPlain(value: unknown): boolean {
  return typeof value === 'string' && !/[\p{Cc}\p{Cf}\u2028\u2029]/u.test(value);
}
