import {say} from '../../core/text/say.ts';
import type {Binding, KeyContext} from '../keys/binding.ts';
import {stepOf} from '../keys/step.ts';

/** The state of a page of text. */
export interface Reading {
  readonly scroll: number;
}

export const TOP: Reading = {scroll: 0};

export const SCROLL: Binding<Reading> = {
  keys: ['j', 'k', 'down', 'up'],
  shown: 'j k',
  label: () => say`scroll`,
  weight: 60,
};

/** The keys of a page of text. */
export const readingKeys: readonly Binding<Reading>[] = [
  {
    keys: ['escape', 'return', 'w', '?'],
    shown: 'Esc',
    label: () => say`back`,
    weight: 95,
    press: () => [{type: 'back'}],
  },
  SCROLL,
];

/** The state after a scroll key. `maxScroll` is unknown until the page is drawn, so a scroll beyond the end is corrected at the next key. */
export function scrolled<S extends Reading>(state: S, key: string, {maxScroll}: KeyContext): S {
  if (!SCROLL.keys.includes(key)) return state;
  return {...state, scroll: Math.max(0, Math.min(maxScroll, state.scroll) + stepOf(key))};
}
