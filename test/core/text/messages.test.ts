import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Message, Text, Value} from '../../../source/core/model/text.ts';
import {isTextData, mapOutside, outsideOf, sameText} from '../../../source/core/text/message.ts';
import {ENGLISH, render} from '../../../source/core/text/say.ts';
import {text as wrongIn} from '../../../source/documents/model/text.ts';
import {inIssue, textOfIssue} from '../../../source/format/issue-text.ts';
import {catalogue} from '../../../source/languages/zh.ts';

const LANGUAGES = [ENGLISH, catalogue];

/** The answer time gives each language a value of its own. */
const IDS = Object.keys(catalogue).filter(id => id !== 'answer|{}');

/** What comes from outside may look like a template, and mean nothing by it. */
const outside = fc.oneof(
  fc.string({unit: 'grapheme', maxLength: 20}),
  fc.constantFrom('{}', '{0}', '{1}', '$&', '', '重启', '\u0000'),
);

/** A text of the catalogue with as many values as it has. */
const messages = (value: fc.Arbitrary<Value>): fc.Arbitrary<Message> =>
  fc.constantFrom(...IDS).chain(id => {
    const {key, context} = ofId(id);
    const count = key.split('{}').length - 1;
    return fc.array(value, {minLength: count, maxLength: count}).map(values => ({
      key,
      ...(context === undefined ? {} : {context}),
      ...(count === 0 ? {} : {values}),
    }));
  });

const {texts} = fc.letrec<{texts: Text; value: Value}>(tie => ({
  value: fc.oneof({depthSize: 'small'}, outside, fc.integer(), tie('texts')),
  texts: fc.oneof(
    {depthSize: 'small'},
    outside,
    messages(tie('value')),
    fc.record(
      {
        parts: fc.array(tie('texts'), {maxLength: 4}),
        separator: fc.oneof(outside, messages(outside)),
      },
      {requiredKeys: ['parts']},
    ),
  ),
}));

describe('a message', () => {
  test('shows all its values in every language, each as often as in English', () => {
    fc.assert(
      fc.property(messages(outside), fc.constantFrom(...LANGUAGES), (message, language) => {
        const {values = []} = message;
        const pattern = render(
          {...message, values: values.map((_, index) => `<#${index}#>`)},
          language,
        );
        values.forEach((_, index) => expect(pattern.split(`<#${index}#>`)).toHaveLength(2));
        const expected = pattern.replace(/<#(\d)#>/g, (__, index: string) =>
          render(values[Number(index)] as Text),
        );
        expect(render(message, language)).toBe(expected);
      }),
      {numRuns: 400},
    );
  });

  test('without a translation is rendered in English', () => {
    fc.assert(
      fc.property(messages(outside), message => {
        const unknown = {...message, context: 'a context that is nowhere'};
        expect(render(unknown, catalogue)).toBe(render(unknown, ENGLISH));
      }),
    );
  });
});

describe('a text', () => {
  test('is the same after JSON, in every language', () => {
    fc.assert(
      fc.property(texts, text => {
        const back = JSON.parse(JSON.stringify(text)) as Text;
        expect(sameText(back, text)).toBe(true);
        for (const language of LANGUAGES)
          expect(render(back, language)).toBe(render(text, language));
        expect(isTextData(back)).toBe(isTextData(text));
      }),
      {numRuns: 400},
    );
  });

  test('is accepted by readers of documents, and carried by issues of a schema', () => {
    fc.assert(
      fc.property(texts, text => {
        expect(wrongIn(text)).toBeUndefined();
        expect(textOfIssue(inIssue(text))).toEqual(text);
      }),
    );
  });

  test("is changed only in its outside parts, never in agent2's own words", () => {
    fc.assert(
      fc.property(texts, text => {
        expect(
          sameText(
            mapOutside(text, part => part),
            text,
          ),
        ).toBe(true);
        const hidden = mapOutside(text, () => '');
        expect(outsideOf(hidden).trim()).toBe('');
        if (typeof text !== 'string' && 'key' in text)
          expect(hidden).toMatchObject({key: text.key});
      }),
    );
  });
});

function ofId(id: string): {readonly key: string; readonly context?: string} {
  const bar = /^([a-z][a-z ]*)\|/.exec(id);
  return bar === null ? {key: id} : {context: bar[1], key: id.slice(bar[0].length)};
}
