import {all} from 'agent2:themes';
import {didYouMean} from '../config/did-you-mean.ts';
import {UsageError} from '../contracts/command.ts';
import type {Theme} from '../contracts/theme.ts';
import {say} from '../core/text/say.ts';
import {sanitize} from '../format/sanitize.ts';

/** The themes that `t` goes through, and the one to begin with. */
export interface ThemeChoice {
  readonly themes: readonly Theme[];
  readonly themeName: string;
}

/** Throws a `UsageError` for a theme that does not exist. */
export function checkThemeName(name: string | undefined): void {
  if (name === undefined || Object.hasOwn(all, name)) return;
  throw new UsageError(
    say`there is no theme '${sanitize(name, 40)}'; allowed are ${themeNames().join(', ')}${didYouMean(name, themeNames(), '--theme ')}`,
  );
}

/** The wanted theme, else the remembered one, else the first; only `mono` where colour is off. */
export function chooseTheme(
  wanted: string | undefined,
  remembered: string | undefined,
  colourless: boolean,
): ThemeChoice {
  const themes = inOrder().filter(({name}) => !colourless || name === 'mono');
  const names = themes.map(({name}) => name);
  const themeName =
    [wanted, remembered].find(name => name !== undefined && names.includes(name)) ?? names[0] ?? '';
  return {themes, themeName};
}

export function themeNames(): readonly string[] {
  return inOrder().map(({name}) => name);
}

function inOrder(): readonly Theme[] {
  return Object.values(all).sort((a, b) => a.order - b.order || (a.name < b.name ? -1 : 1));
}
