import {say} from '../../core/text/say.ts';
import type {Binding, KeyContext} from './binding.ts';

/** While one types what the names of the targets have to hold. */
export const filterKeys: readonly Binding[] = [
  {
    keys: ['return'],
    shown: 'Enter',
    label: () => say`done`,
    weight: 90,
    press: ({ui}) => ui.set({overlay: {kind: 'none'}}),
  },
  {keys: ['escape'], shown: 'Esc', label: () => say`all targets`, weight: 95, press: showAll},
  {
    keys: ['backspace'],
    shown: 'Backspace',
    label: () => say`delete`,
    weight: 0,
    press: ({ui}) => ui.set({filter: Array.from(ui.get().filter).slice(0, -1).join('')}),
  },
  {
    keys: ['ctrl+c'],
    shown: 'Ctrl-C',
    label: () => say`quit`,
    weight: 80,
    press: context => context.quit(),
  },
  {
    keys: ['ctrl+l'],
    shown: 'Ctrl-L',
    label: () => say`redraw`,
    weight: 0,
    press: context => context.repaint(),
  },
];

/** Any other key is a character of the text, where it is one. */
export function typeFilter(key: string, {ui}: KeyContext): void {
  const {filter} = ui.get();
  if (Array.from(key).length === 1 && filter.length < LONGEST) ui.set({filter: filter + key});
}

export function showAll({ui}: KeyContext): void {
  ui.set({overlay: {kind: 'none'}, filter: ''});
}

const LONGEST = 40;
