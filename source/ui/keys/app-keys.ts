import {say} from '../../core/text/say.ts';
import type {Binding, KeyContext} from './binding.ts';

/** Keys of the first screen, beside its own. */
export const FIRST_KEYS: readonly Binding[] = [
  {
    keys: ['t'],
    shown: 't',
    label: () => say`theme`,
    help: () => say`next theme`,
    weight: 55,
    order: 140,
    press({themes, choices}) {
      const name = themes[(themes.indexOf(choices.theme) + 1) % themes.length];
      return name === undefined ? [] : [{type: 'theme', name}];
    },
  },
  {
    keys: ['b'],
    shown: 'b',
    label: () => say`background`,
    help: ({background}) =>
      background === true ? say`close the screen and continue in the background` : undefined,
    weight: ({background}) => (background === true ? 12 : 0),
    order: 150,
    press: ({background}) =>
      background === true
        ? [{type: 'background'}]
        : [
            {
              type: 'note',
              text: background || say`already in the background: q closes this screen`,
            },
          ],
  },
];

const REDRAW: Binding = {
  keys: ['ctrl+l'],
  shown: 'Ctrl-L',
  label: () => say`redraw`,
  help: () => say`redraw the screen`,
  weight: 0,
  order: 180,
  press: () => [{type: 'repaint'}],
};

/** Keys of every screen. */
export const COMMON_KEYS: readonly Binding[] = [
  {
    keys: ['q', 'ctrl+c'],
    shown: 'q',
    label: () => say`quit`,
    help: quitHelp,
    weight: 100,
    order: 170,
    press: () => [{type: 'quit'}],
  },
  REDRAW,
];

/** Keys of a prompt, where letters are text. */
export const PROMPT_KEYS: readonly Binding[] = [
  {
    keys: ['ctrl+c'],
    shown: 'Ctrl-C',
    label: () => say`quit`,
    weight: 80,
    press: () => [{type: 'quit'}],
  },
  REDRAW,
];

function quitHelp({quitMessage, hangupMessage}: KeyContext): string {
  return [say`quit: ${quitMessage()}`, hangupMessage()]
    .filter(text => text !== undefined)
    .join(say`; `);
}
