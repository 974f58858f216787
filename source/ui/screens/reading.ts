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

/** On a page that is only read. */
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

/** Before the page is drawn nobody knows its end, so the next key finds its way back from beyond it. */
export function scrolled<S extends Reading>(state: S, key: string, {maxScroll}: KeyContext): S {
  if (!SCROLL.keys.includes(key)) return state;
  return {...state, scroll: Math.max(0, Math.min(maxScroll, state.scroll) + stepOf(key))};
}
