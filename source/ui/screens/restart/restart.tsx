import {say} from '../../../core/text/say.ts';
import type {Act} from '../../keys/act.ts';
import type {KeyContext} from '../../keys/binding.ts';
import type {ScreenDefinition} from '../screen.ts';
import type {Choice} from './lines.ts';
import {RestartQuestion} from './question.tsx';

/** The question before a restart: only `y`, or Enter on the button Restart, confirms. */
export const definition: ScreenDefinition<Choice> = {
  name: 'restart',
  shows: 'dialog',
  title: (_, {target}) => say`Restart ${target.settings.name}`,
  key: {
    keys: ['r'],
    shown: 'r',
    label: () => say`restart`,
    help: ({target}) =>
      target.settings.traits.heals
        ? say`restart the service now (asks first)`
        : say`restart the service (says how to give it a fix)`,
    weight: 95,
    order: 10,
    acts: true,
    // Without a fix asks nothing: the refusal of the monitor says why, and how to configure one.
    press: context => [
      context.target.settings.traits.heals ? {type: 'open', screen: 'restart'} : request(context),
    ],
  },
  aboutTarget: true,
  open: () => ({focus: 'cancel'}),
  keys: [
    {keys: ['y'], shown: 'y', label: () => say`restart`, weight: 90, press: restart},
    {keys: ['n', 'escape'], shown: 'n', label: () => say`cancel`, weight: 95, press: cancel},
    {keys: ['left', 'right', 'tab', 'h', 'l'], shown: '< >', label: () => say`move`, weight: 50},
    {
      keys: ['return'],
      shown: 'Enter',
      label: () => say`choose`,
      weight: 60,
      press: (context, _, {focus}) => (focus === 'restart' ? restart(context) : cancel()),
    },
  ],
  reduce(state, key) {
    if (['y', 'n', 'escape', 'return'].includes(key)) return state;
    return {focus: state.focus === 'cancel' ? 'restart' : 'cancel'};
  },
  View: RestartQuestion,
  smallest: {columns: 1, rows: 1},
};

function restart(context: KeyContext): readonly Act[] {
  return [{type: 'back'}, request(context)];
}

function cancel(): readonly Act[] {
  return [{type: 'back'}];
}

function request({target}: KeyContext): Act {
  const command = {type: 'restart-requested', target: target.settings.name, by: 'user'} as const;
  return {type: 'request', command, key: 'r'};
}
