import {expect} from 'vitest';
import {isTextData} from '../../source/core/text/message.ts';
import {render} from '../../source/core/text/say.ts';

/** Within `toEqual` and `toMatchObject` a text is as good as the sentence that it makes: what people read is what most tests are about. */
expect.addEqualityTesters([
  (one: unknown, other: unknown) => {
    if (isTextData(one) && typeof other === 'string') return render(one) === other;
    if (isTextData(other) && typeof one === 'string') return render(other) === one;
    return undefined;
  },
]);
