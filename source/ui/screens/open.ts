import type {KeyContext} from '../keys/binding.ts';
import {closeOthers, type Place, type Stack} from '../navigation.ts';
import type {ScreenDefinition} from './screen.ts';

export type Screens = readonly ScreenDefinition[];

/** The open screens, without those whose target is no longer the selected one. */
export function stackOf(open: readonly Place[], screens: Screens, context: KeyContext): Stack {
  const [first = firstPlace(screens, context), ...others] = open;
  return closeOthers([first, ...others], context.target.settings.name);
}

export function placeOf(
  {name, aboutTarget = false, open}: ScreenDefinition,
  context: KeyContext,
  of?: number,
): Place | undefined {
  const state = open(context, of);
  if (!state) return undefined;
  return aboutTarget
    ? {screen: name, target: context.target.settings.name, state}
    : {screen: name, state};
}

export function screenNamed(screens: Screens, name: string): ScreenDefinition {
  const screen = screens.find(each => each.name === name);
  if (!screen) throw new Error(`no screen is called ${name}`);
  return screen;
}

function firstPlace(screens: Screens, context: KeyContext): Place {
  const {name, open} = firstOf(screens);
  return {screen: name, state: open(context) ?? {}};
}

/** The first screen: the one without a key that opens it. */
export function firstOf(screens: Screens): ScreenDefinition {
  const first = screens.find(({key}) => key === undefined);
  if (!first) throw new Error('every screen has a key, so that none is the first');
  return first;
}
