import type {Text} from '../core/model/text.ts';
import {message} from '../core/text/message.ts';
import {errorText} from '../io/error-code.ts';
import {remember} from '../io/state-dir/preferences.ts';
import {languageToRemember} from '../cli/language.ts';

/** Remembers the theme for the next screen; `report` receives the reason of a failure. */
export function rememberTheme(name: string, report: (text: Text) => void): void {
  remember('theme', name).catch((error: unknown) =>
    report(message`the theme is not remembered: ${errorText(error)}`),
  );
}

/** Remembers the language for every later command. Only screens call it: `--lang` in a script must not change later commands. */
export function rememberLanguage(report: (text: Text) => void): void {
  const language = languageToRemember();
  if (language !== undefined)
    remember('language', language).catch((error: unknown) =>
      report(message`the language is not remembered: ${errorText(error)}`),
    );
}
