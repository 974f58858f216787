import type {z as Zod} from 'zod';
import {message} from '../../core/text/message.ts';
import {parseDuration} from '../../format/duration.ts';
import {sanitize} from '../../format/sanitize.ts';
import {say} from '../../core/text/say.ts';
import {inIssue, wrong} from '../../format/issue-text.ts';

/** The default time limit of a command. */
export const TIMEOUT_MS = 30_000;

const LEAST_MS = 100;
const MOST_MS = 3_600_000;

/** The time limit of a command in the config; ms when parsed. */
export function timeoutSchema(z: typeof Zod) {
  const expected = message`expected 100ms to 1h, written as 500ms, 45s, 2m or a number of seconds, e.g. timeout: 45s`;
  return z
    .union([z.string(), z.number()], {error: inIssue(expected)})
    .transform((given, context) => {
      const ms = parseDuration(String(given));
      if (ms !== undefined && ms >= LEAST_MS && ms <= MOST_MS) return ms;
      context.addIssue({
        code: 'custom',
        message: wrong(message`'${sanitize(String(given), 40)}' is not a usable time`, expected),
      });
      return z.NEVER;
    })
    .optional()
    .describe(
      say`the time limit of each command, after which agent2 ends it with its process group; 30s by default`,
    );
}
