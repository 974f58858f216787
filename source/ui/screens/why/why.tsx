import {say} from '../../../core/text/say.ts';
import {whyDetails} from '../../../core/why-details.ts';
import {keyAdvice} from '../../keys/key-advice.ts';
import {LINES} from '../../layout.ts';
import {readingKeys, scrolled, TOP, type Reading} from '../reading.ts';
import type {ScreenDefinition} from '../screen.ts';
import {TextPage} from '../text-page.tsx';
import {storyLines} from './lines.ts';

export const definition: ScreenDefinition<Reading> = {
  name: 'why',
  shows: 'page',
  title: () => say`Why`,
  key: {
    keys: ['w'],
    shown: 'w',
    label: () => say`why`,
    help: () => say`the whole story: what agent2 saw, decided and does next`,
    weight: 80,
    order: 130,
  },
  open: () => TOP,
  keys: readingKeys,
  reduce: scrolled,
  View(props) {
    const {state, target, now, context, gone} = props;
    const problems = gone === undefined ? props.problems : {...props.problems, screen: gone};
    const story = whyDetails(target, now, keyAdvice(context));
    const lines = (width: number) => storyLines(story, target, problems, width);
    return <TextPage {...props} scroll={state.scroll} lines={lines} />;
  },
  smallest: LINES,
  counts: ({target}) => target.incident !== undefined,
};
