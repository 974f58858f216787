import {say} from '../core/text/say.ts';
import {oneOf} from '../config/options/values.ts';
import type {OptionsOf} from '../contracts/command.ts';
import {colorOption} from './color.ts';
import {themeNames} from './themes.ts';

/** What the loop does when the terminal of its screen closes. */
export type OnHangup = 'detach' | 'exit';

export const screenOptions = {
  readOnly: {help: () => say`show a running monitor, without keys that change anything`},
  onHangup: {
    value: oneOf<OnHangup>('WHAT', ['detach', 'exit'], 'detach'),
    help: () =>
      say`when the terminal closes: detach (go on without a screen) or exit (default: detach in prod, else exit)`,
  },
  theme: {
    value: oneOf('NAME', themeNames, 'dark'),
    help: () => say`colours: ${themeNames().join(', ')}`,
  },
  color: colorOption,
  ascii: {help: () => say`plain ASCII instead of lines and symbols`},
} as const;

export type ScreenOptions = OptionsOf<typeof screenOptions>;
