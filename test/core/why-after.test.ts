import {expect, test} from 'vitest';
import {textsSaid} from '../../build/texts.mjs';
import {whyAfterEnd} from '../../source/core/why-after.ts';
import {CLAUSE} from '../../source/core/why.ts';
import {joined, message} from '../../source/core/text/message.ts';
import {span} from '../../source/core/text/span.ts';

test('the reason of a monitor that has ended keeps facts and loses what is counted down or promised', () => {
  const why = joined(
    [
      message`${2} of ${3} failures: ${'GET /: connection refused'}`,
      message`next attempt in ${span(4_000)}`,
      message`${1} of ${3} restarts used in ${span(300_000)}`,
    ],
    CLAUSE,
  );
  expect(whyAfterEnd(why)).toEqual(
    '2 of 3 failures: GET /: connection refused; 1 of 3 restarts used in 5 min',
  );
});

test('each clause that is changed or left out is one that another file of the core says', () => {
  const alone = [...textsSaid()].flatMap(([text, places]) =>
    places.length === 1 && places[0] === 'source/core/why-after.ts' ? [text] : [],
  );
  // What stands in the place of a clause.
  expect(alone.sort()).toEqual(['fix done', 'paused', 'the heal budget of all targets is used up']);
});
