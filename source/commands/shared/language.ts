import {didYouMean} from '../../config/did-you-mean.ts';
import {UsageError} from '../../contracts/command.ts';
import {say, speak} from '../../core/say.ts';
import {sanitize} from '../../format/sanitize.ts';

export const languages = ['en', 'zh'] as const;
export type Language = (typeof languages)[number];

/** The language of all text from here on: that of `--lang`, else that of the environment where agent2 speaks it, else English. Throws a `UsageError`. */
export async function chooseLanguage(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<Language> {
  const chosen = languageFrom(asked(argv), env);
  speak(chosen === 'zh' ? (await import('../../languages/zh.ts')).catalogue : {});
  return chosen;
}

/** By the value of `--lang`, else by the environment. */
export function languageFrom(text: string | undefined, env: NodeJS.ProcessEnv): Language {
  if (text === undefined) return /^zh/i.test(env.LC_ALL || env.LC_MESSAGES || env.LANG || '') ? 'zh' : 'en';
  const known = languages.find(language => language === text.toLowerCase());
  if (known) return known;
  throw new UsageError(say`--lang '${sanitize(text, 40)}' is not spoken here; wanted is one of ${languages.join(', ')}${didYouMean(text, languages, '--lang ')}`);
}

/** The language may also be said before the command: `agent2 --lang zh demo`. It stays among the words, which others may be started with. */
export function commandFirst(argv: readonly string[]): readonly string[] {
  const count = argv[0] === '--lang' ? 2 : argv[0]?.startsWith('--lang=') ? 1 : 0;
  const command = argv[count];
  return count === 0 || command === undefined || command.startsWith('-') ? argv : [command, ...argv.slice(0, count), ...argv.slice(count + 1)];
}

/** Looked for before any command reads its words: `--help` too speaks the language. */
function asked(argv: readonly string[]): string | undefined {
  const end = argv.indexOf('--');
  const own = end < 0 ? argv : argv.slice(0, end);
  const at = own.findLastIndex(word => word === '--lang' || word.startsWith('--lang='));
  if (at < 0) return undefined;
  return own[at] === '--lang' ? (own[at + 1] ?? '') : own[at]?.slice('--lang='.length);
}
