import {chai, expect} from 'vitest';
import {isTextData} from '../../source/core/text/message.ts';
import {render} from '../../source/core/text/say.ts';

/*
 * Most tests are about what people read: where they expect a sentence, a text is as good as the one that it makes. That texts are data
 * is what `test/languages` is about.
 */

expect.addEqualityTesters([
  (one: unknown, other: unknown) => {
    if (isTextData(one) && typeof other === 'string') return render(one) === other;
    if (isTextData(other) && typeof one === 'string') return render(other) === one;
    return undefined;
  },
]);

interface Matcher {
  asymmetricMatch(this: unknown, other: unknown): boolean;
}

for (const matcher of [expect.stringContaining(''), expect.stringMatching('')] as unknown[]) {
  const prototype = Object.getPrototypeOf(matcher) as Matcher;
  const {asymmetricMatch} = prototype;
  prototype.asymmetricMatch = function (other) {
    return asymmetricMatch.call(this, sentenceOf(other));
  };
}

chai.use(({Assertion}, utils) => {
  for (const name of ['toBe', 'toMatch', 'toContain'])
    utils.overwriteMethod(
      Assertion.prototype,
      name,
      (matches: (...expected: unknown[]) => unknown) =>
        function (this: object, ...expected: unknown[]) {
          if (typeof expected[0] === 'string' || expected[0] instanceof RegExp) {
            const given: unknown = utils.flag(this, 'object');
            utils.flag(
              this,
              'object',
              Array.isArray(given) ? given.map(sentenceOf) : sentenceOf(given),
            );
          }
          return matches.apply(this, expected);
        },
    );
});

function sentenceOf(value: unknown): unknown {
  return isTextData(value) ? render(value) : value;
}
