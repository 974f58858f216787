import {say} from '../core/text/say.ts';
import {errorText} from '../io/error-code.ts';
import {remember} from '../io/state-dir/preferences.ts';
import {languageToRemember} from '../cli/language.ts';

/** For the next time; `tell` hears why it could not be kept. */
export function rememberTheme(name: string, tell: (text: string) => void): void {
  remember('theme', name).catch((error: unknown) =>
    tell(say`the theme is not remembered: ${errorText(error)}`),
  );
}

/** The language that a screen was asked for, for every command from now on. Nobody expects that of a script's `--lang`, so only screens call it. */
export function rememberLanguage(tell: (text: string) => void): void {
  const language = languageToRemember();
  if (language !== undefined)
    remember('language', language).catch((error: unknown) =>
      tell(say`the language is not remembered: ${errorText(error)}`),
    );
}
