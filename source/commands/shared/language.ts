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

function languageFrom(text: string | undefined, env: NodeJS.ProcessEnv): Language {
  if (text === undefined) return /^zh/i.test(env.LC_ALL || env.LC_MESSAGES || env.LANG || '') ? 'zh' : 'en';
  const known = languages.find(language => language === text.toLowerCase());
  if (known) return known;
  throw new UsageError(say`--lang '${sanitize(text, 40)}' is not spoken here; wanted is one of ${languages.join(', ')}${didYouMean(text, languages, '--lang ')}`);
}

/** Looked for before any command reads its words: `--help` too speaks the language. */
function asked(argv: readonly string[]): string | undefined {
  const end = argv.indexOf('--');
  const own = end < 0 ? argv : argv.slice(0, end);
  const at = own.findLastIndex(word => word === '--lang' || word.startsWith('--lang='));
  if (at < 0) return undefined;
  return own[at] === '--lang' ? (own[at + 1] ?? '') : own[at]?.slice('--lang='.length);
}
