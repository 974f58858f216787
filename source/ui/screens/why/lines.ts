import type {Ledger} from '../../../core/model/ledger.ts';
import type {State} from '../../../core/model/state.ts';
import type {TargetState} from '../../../core/model/target.ts';
import {render, say} from '../../../core/text/say.ts';
import type {DetailLine} from '../../../core/why-details.ts';
import {problemName} from '../../../core/text/problem-name.ts';
import {displayWidth} from '../../../format/width.ts';
import {entry, LABEL} from '../../text/entry.ts';
import {paragraph, type Line} from '../../text/spans.ts';

/** The why page: a paragraph for each part of the story, the ratings of fixes, and the problems of agent2 itself. */
export function storyLines(
  [headline, ...story]: readonly DetailLine[],
  target: TargetState,
  problems: State['problems'],
  width: number,
): readonly Line[] {
  return [
    ...paragraph(render(headline?.text ?? ''), width, {bold: true}),
    [''],
    ...story.flatMap(({label = '', text}) => {
      const shown = render(label);
      return displayWidth(shown) < LABEL
        ? entry(shown, render(text), width)
        : entry('', say`${label}: ${text}`, width);
    }),
    ...ledgerTexts(target.ledger).flatMap((text, index) =>
      entry(index === 0 ? say`fixes` : '', text, width),
    ),
    ...Object.entries(problems).flatMap(([about, text]) =>
      entry('agent2', say`${problemName(about)}: ${text}`, width),
    ),
  ];
}

/** The ratings of fixes, by cause: `crashed: 3 healed, 1 relapsed`. */
function ledgerTexts(ledger: Ledger): readonly string[] {
  return Object.entries(ledger).map(([cause, counts]) => {
    const judged = Object.entries(counts).filter(([, count]) => count > 0);
    return `${cause}: ${judged.map(([verdict, count]) => `${count} ${verdict}`).join(', ')}`;
  });
}
