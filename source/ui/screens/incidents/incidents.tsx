import {say} from '../../../core/text/say.ts';
import type {KeyContext} from '../../keys/binding.ts';
import {stepOf} from '../../keys/step.ts';
import {useLook} from '../../components/lines.tsx';
import {LINES} from '../../layout.ts';
import {incidentsOf} from '../../state/incidents.ts';
import type {ScreenDefinition} from '../screen.ts';
import {TextPage} from '../text-page.tsx';
import {incidentListLines} from './lines.ts';

interface IncidentList {
  /** The number of the selected incident; without it the newest is selected. */
  readonly number?: number;
}

export const definition: ScreenDefinition<IncidentList> = {
  name: 'incidents',
  shows: 'page',
  title: (_, {target}) => say`Incidents of ${target.settings.name}`,
  key: {
    keys: ['i'],
    shown: 'i',
    label: () => say`incidents`,
    help: () => say`all recorded incidents`,
    weight: 13,
    order: 120,
  },
  aboutTarget: true,
  open: (_, number) => ({number}),
  keys: [
    {
      keys: ['return'],
      shown: 'Enter',
      label: () => say`open`,
      weight: 90,
      when: hasIncidents,
      press: (_, __, {number}) => [{type: 'open', screen: 'incident', of: number}],
    },
    {
      keys: ['escape', 'i'],
      shown: 'Esc',
      label: () => say`back`,
      weight: 95,
      press: () => [{type: 'back'}],
    },
    {
      keys: ['j', 'k', 'down', 'up'],
      shown: 'j k',
      label: () => say`select`,
      weight: 60,
      when: hasIncidents,
    },
  ],
  reduce(state, key, {target}) {
    if (['escape', 'i'].includes(key)) return state;
    const numbers = incidentsOf(target).map(({number}) => number);
    const selected = Math.max(0, state.number === undefined ? 0 : numbers.indexOf(state.number));
    // Keeps the opened incident selected, even when a newer one begins meanwhile.
    const next = key === 'return' ? selected : selected + stepOf(key);
    return {number: numbers[Math.min(numbers.length - 1, Math.max(0, next))]};
  },
  View(props) {
    const {symbols} = useLook();
    const {state, target, now} = props;
    const {lines, marked} = incidentListLines(target, state.number, now, symbols);
    return <TextPage {...props} scroll={0} marked={marked} lines={() => lines} />;
  },
  smallest: LINES,
};

function hasIncidents({target}: KeyContext): boolean {
  return incidentsOf(target).length > 0;
}
