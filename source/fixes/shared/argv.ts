import type {z as Zod} from 'zod';
import {message} from '../../core/text/message.ts';
import {sanitize} from '../../format/sanitize.ts';
import {splitWords} from '../../format/shell-words.ts';
import {inIssue, wrong} from '../../format/issue-text.ts';

/** A program and its arguments; no shell sees them. */
export type Argv = readonly [string, ...string[]];

const expected = message`expected a command as a list of words, e.g. [./restart.sh, web], or as one text, split like in a shell, e.g. './restart.sh web'`;

/** A command in the config: a list of words, or one text. */
export function argvSchema(z: typeof Zod) {
  return z
    .union([z.string(), z.array(z.string())], {error: inIssue(expected)})
    .transform((given, context): Argv => {
      const parsed =
        typeof given === 'string' ? splitWords(given) : {kind: 'words' as const, words: given};
      const [program, ...args] = parsed.kind === 'words' ? parsed.words : [];
      if (program !== undefined && program.trim() !== '') return [program, ...args];
      const problem =
        parsed.kind === 'invalid'
          ? message`'${sanitize(String(given), 80)}': ${parsed.reason}`
          : message`this contains no command`;
      context.addIssue({code: 'custom', message: wrong(problem, expected)});
      return z.NEVER;
    });
}
