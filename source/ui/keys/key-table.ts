import type {ScreenDefinition} from '../screens/screen.ts';
import {COMMON_KEYS, FIRST_KEYS, PROMPT_KEYS} from './app-keys.ts';
import type {Binding} from './binding.ts';

/** All bindings while `screen` is on top, in the order of the key bar. */
export function keysOn(
  screen: ScreenDefinition,
  screens: readonly ScreenDefinition[],
): readonly Binding[] {
  if (screen.shows === 'prompt') return [...screen.keys, ...PROMPT_KEYS];
  return screen.key ? [...screen.keys, ...COMMON_KEYS] : keysOnFirst(screen, screens);
}

function keysOnFirst(
  first: ScreenDefinition,
  screens: readonly ScreenDefinition[],
): readonly Binding[] {
  return [...first.keys, ...screens.flatMap(opening), ...FIRST_KEYS, ...COMMON_KEYS].toSorted(
    (a, b) => (a.order ?? 0) - (b.order ?? 0),
  );
}

function opening({name, key}: ScreenDefinition): readonly Binding[] {
  return key ? [{press: () => [{type: 'open', screen: name}], ...key}] : [];
}
