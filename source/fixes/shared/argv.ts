import type {z as Zod} from 'zod';
import {say} from '../../core/text/say.ts';
import {sanitize} from '../../format/sanitize.ts';
import {splitWords} from '../../format/shell-words.ts';

/** A program and its arguments; no shell sees them. */
export type Argv = readonly [string, ...string[]];

const wanted = () =>
  say`wanted is a command as a list of words, e.g. [./restart.sh, web], or as one text that is split as a shell would, e.g. './restart.sh web'`;

/** A command in the config: a list of words, or one text. */
export function argvSchema(z: typeof Zod) {
  return z
    .union([z.string(), z.array(z.string())], {error: wanted})
    .transform((given, context): Argv => {
      const parsed =
        typeof given === 'string' ? splitWords(given) : {kind: 'words' as const, words: given};
      const [program, ...args] = parsed.kind === 'words' ? parsed.words : [];
      if (program) return [program, ...args];
      const trouble =
        parsed.kind === 'invalid'
          ? say`'${sanitize(String(given), 80)}': ${parsed.reason}`
          : say`this holds no command`;
      context.addIssue({code: 'custom', message: say`${trouble}; ${wanted()}`});
      return z.NEVER;
    });
}
