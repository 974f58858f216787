import {load} from 'agent2:themes';
import {didYouMean} from '../config/did-you-mean.ts';
import {UsageError} from '../contracts/command.ts';
import type {Theme} from '../contracts/theme.ts';
import {say} from '../core/text/say.ts';
import {sanitize} from '../format/sanitize.ts';

/** The order of `t`; other themes follow by name. */
const ORDER = ['dark', 'light', 'high-contrast', 'colour-blind', 'mono'];

/** The themes that `t` goes through, and the one to begin with. */
export interface ThemeChoice {
  readonly themes: readonly Theme[];
  readonly themeName: string;
}

/** Throws a `UsageError` for a theme that does not exist. */
export function checkThemeName(name: string | undefined): void {
  if (name === undefined || Object.hasOwn(load, name)) return;
  throw new UsageError(
    say`there is no theme '${sanitize(name, 40)}'; allowed are ${themeNames().join(', ')}${didYouMean(name, themeNames(), '--theme ')}`,
  );
}

/** The wanted theme, else the remembered one, else `dark`; only `mono` where colour is off. */
export async function chooseTheme(
  wanted: string | undefined,
  remembered: string | undefined,
  colourless: boolean,
): Promise<ThemeChoice> {
  const names = colourless ? ['mono'] : themeNames();
  const themes = await Promise.all(names.map(async name => load[name]?.()));
  const themeName =
    [wanted, remembered].find(name => name !== undefined && names.includes(name)) ?? names[0] ?? '';
  return {themes: themes.filter(theme => theme !== undefined), themeName};
}

export function themeNames(): readonly string[] {
  return [
    ...ORDER,
    ...Object.keys(load)
      .filter(name => !ORDER.includes(name))
      .sort(),
  ];
}
