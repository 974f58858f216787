import {all} from 'agent2:themes';
import type {Theme} from '../contracts/theme.ts';

/** The themes that the key `t` switches between, and the first one. */
export interface ThemeChoice {
  readonly themes: readonly Theme[];
  readonly themeName: string;
}

/** The theme of `--theme`, else the remembered one, else the first; only `mono` when colour is off. */
export function chooseTheme(
  requested: string | undefined,
  remembered: string | undefined,
  colourless: boolean,
): ThemeChoice {
  const themes = inOrder().filter(({name}) => !colourless || name === 'mono');
  const names = themes.map(({name}) => name);
  const themeName =
    [requested, remembered].find(name => name !== undefined && names.includes(name)) ??
    names[0] ??
    '';
  return {themes, themeName};
}

export function themeNames(): readonly string[] {
  return inOrder().map(({name}) => name);
}

function inOrder(): readonly Theme[] {
  return Object.values(all).sort((a, b) => a.order - b.order || (a.name < b.name ? -1 : 1));
}
