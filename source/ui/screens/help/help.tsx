import {say} from '../../../core/text/say.ts';
import {useLook} from '../../components/lines.tsx';
import {keysOn} from '../../keys/key-table.ts';
import {LINES} from '../../layout.ts';
import {firstOf} from '../open.ts';
import {readingKeys, scrolled, TOP, type Reading} from '../reading.ts';
import type {ScreenDefinition} from '../screen.ts';
import {TextPage} from '../text-page.tsx';
import {helpLines} from './lines.ts';

export const definition: ScreenDefinition<Reading> = {
  name: 'help',
  shows: 'page',
  title: () => say`Keys`,
  key: {
    keys: ['?'],
    shown: '?',
    label: () => say`help`,
    help: () => say`this page`,
    weight: 98,
    order: 160,
  },
  open: () => TOP,
  keys: readingKeys,
  reduce: scrolled,
  View(props) {
    const {symbols} = useLook();
    const {state, context, screens} = props;
    const keys = keysOn(firstOf(screens), screens);
    const lines = (width: number) => helpLines(keys, context, symbols, width);
    return <TextPage {...props} scroll={state.scroll} lines={lines} />;
  },
  smallest: LINES,
};
