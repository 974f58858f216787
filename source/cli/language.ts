import {didYouMean} from '../config/did-you-mean.ts';
import {UsageError} from '../contracts/command.ts';
import {message} from '../core/text/message.ts';
import {setLanguage} from '../core/text/say.ts';
import {sanitize} from '../format/sanitize.ts';
import {remembered} from '../io/state-dir/preferences.ts';

export const languages = ['en', 'zh'] as const;
export type Language = (typeof languages)[number];

/** The language of this process, and whether `--lang` chose it. One for the whole program, like the catalogue of `say`. */
let spoken: {readonly language: Language; readonly asked: boolean} = {
  language: 'en',
  asked: false,
};

/**
 * Sets the language of all later texts: that of `--lang`, else the remembered one, else that of the environment if agent2 speaks it, else English.
 * Throws a `UsageError`.
 */
export async function chooseLanguage(
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const word = asked(argv);
  const requested = known(word);
  const language = requested ?? known(remembered('language')) ?? ofEnvironment(env);
  const chinese = language === 'zh';
  spoken = {language, asked: requested !== undefined};
  setLanguage(chinese ? (await import('../languages/zh.ts')).catalogue : {});
  if (word !== undefined && requested === undefined)
    throw new UsageError(
      message`--lang '${sanitize(word, 40)}' is not valid; expected one of ${languages.join(', ')}${didYouMean(word, languages, '--lang ')}`,
    );
}

export function spokenLanguage(): Language {
  return spoken.language;
}

/** The language that `--lang` chose; undefined when that is already remembered, or without `--lang`. */
export function languageToRemember(): Language | undefined {
  return spoken.asked && remembered('language') !== spoken.language ? spoken.language : undefined;
}

function known(word: string | undefined): Language | undefined {
  return languages.find(language => language === word?.toLowerCase());
}

function ofEnvironment({LC_ALL, LC_MESSAGES, LANG}: NodeJS.ProcessEnv): Language {
  return /^zh/i.test(LC_ALL || LC_MESSAGES || LANG || '') ? 'zh' : 'en';
}

/** Moves a `--lang` before the command (`agent2 --lang zh demo`) behind it: processes that are started with these words need it too. */
export function commandFirst(argv: readonly string[]): readonly string[] {
  const count = argv[0] === '--lang' ? 2 : argv[0]?.startsWith('--lang=') ? 1 : 0;
  const command = argv[count];
  return count === 0 || command === undefined || command.startsWith('-')
    ? argv
    : [command, ...argv.slice(0, count), ...argv.slice(count + 1)];
}

/** The value of `--lang`, read before the command parses its words, because `--help` needs the language too. */
function asked(argv: readonly string[]): string | undefined {
  const end = argv.indexOf('--');
  const own = end < 0 ? argv : argv.slice(0, end);
  const at = own.findLastIndex(word => word === '--lang' || word.startsWith('--lang='));
  if (at < 0) return undefined;
  return own[at] === '--lang' ? (own[at + 1] ?? '') : own[at]?.slice('--lang='.length);
}
