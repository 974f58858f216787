import {say} from '../../../core/text/say.ts';
import {LINES} from '../../layout.ts';
import {incidentToOpen} from '../../state/incidents.ts';
import {SCROLL, scrolled, TOP, type Reading} from '../reading.ts';
import type {ScreenDefinition} from '../screen.ts';
import {TextPage} from '../text-page.tsx';
import {incidentLines} from './lines.ts';

interface IncidentPage extends Reading {
  readonly number: number;
}

export const definition: ScreenDefinition<IncidentPage> = {
  name: 'incident',
  shows: 'page',
  title: ({number}) => say`Incident ${number}`,
  key: {
    keys: ['return'],
    shown: 'Enter',
    label: () => say`incident`,
    help: () => say`open the incident of the selected fix, or the current one`,
    weight: 14,
    order: 110,
    // Without an incident to open, opens the list, which says so.
    press: ({target, choices}) => [
      incidentToOpen(target, choices.fixAt) === undefined
        ? {type: 'open', screen: 'incidents'}
        : {type: 'open', screen: 'incident'},
    ],
  },
  aboutTarget: true,
  open({target, choices}, of = incidentToOpen(target, choices.fixAt)) {
    return of === undefined ? undefined : {...TOP, number: of};
  },
  keys: [
    {
      keys: ['escape', 'return'],
      shown: 'Esc',
      label: () => say`back`,
      weight: 95,
      press: () => [{type: 'back'}],
    },
    SCROLL,
    {
      keys: ['i'],
      shown: 'i',
      label: () => say`incidents`,
      weight: 55,
      press: (_, __, {number}) => [{type: 'replace', screen: 'incidents', of: number}],
    },
  ],
  reduce: scrolled,
  View(props) {
    const {state, target, now} = props;
    const lines = (width: number) => incidentLines(target, state.number, now, width);
    return <TextPage {...props} scroll={state.scroll} lines={lines} />;
  },
  smallest: LINES,
};
