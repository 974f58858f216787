import {say} from '../../../core/text/say.ts';
import {Lines} from '../../components/lines.tsx';
import type {Act} from '../../keys/act.ts';
import {filterText, placeOf} from '../../panels/targets/target-lines.ts';
import {muted} from '../../text/spans.ts';
import type {ScreenDefinition} from '../screen.ts';

/** The prompt for the filter: a text that the names of the listed targets contain. */
export const definition: ScreenDefinition = {
  name: 'filter',
  shows: 'prompt',
  title: () => say`filter`,
  key: {
    keys: ['/'],
    shown: '/',
    label: () => say`filter`,
    help: () => say`list only targets whose names contain what you type (Esc: all)`,
    weight: 57,
    order: 90,
    when: ({panels}) => panels.includes('targets'),
    press: () => [
      {type: 'open', screen: 'filter'},
      {type: 'choose', choices: {focus: 'targets'}},
    ],
  },
  open: () => ({}),
  keys: [
    {
      keys: ['return'],
      shown: 'Enter',
      label: () => say`done`,
      weight: 90,
      press: () => [{type: 'back'}],
    },
    {
      keys: ['escape'],
      shown: 'Esc',
      label: () => say`all targets`,
      weight: 95,
      press: () => [{type: 'back'}, filterFor('')],
    },
    {
      keys: ['backspace'],
      shown: 'Backspace',
      label: () => say`delete`,
      weight: 0,
      press: ({choices}) => [filterFor(Array.from(choices.filter).slice(0, -1).join(''))],
    },
  ],
  typed({choices: {filter}}, key) {
    const fits = Array.from(key).length === 1 && filter.length < LONGEST;
    return fits ? [filterFor(filter + key)] : [];
  },
  reduce: state => state,
  View: ({context, selected, listed, width}) => (
    <Lines
      lines={[
        [filterText(context.choices.filter, true), muted(`  ${placeOf(selected, listed.length)}`)],
      ]}
      width={width}
      height={1}
    />
  ),
  smallest: {columns: 1, rows: 1},
};

const LONGEST = 40;

function filterFor(filter: string): Act {
  return {type: 'choose', choices: {filter}};
}
