import {load} from 'agent2:alerts';
import {describe, expect, test} from 'vitest';
import type {AlertDefinition} from '../../source/contracts/alert.ts';
import {forgotten, section} from '../helpers/parts.ts';
import {breaches} from './contract.ts';

test.each(Object.keys(load))('the alert %s keeps the contract', async name => {
  const alert = await load[name]?.();
  expect(alert && (await breaches(alert))).toEqual([]);
});

test.each(Object.keys(load))('the alert %s has a test, and a section in the docs', name => {
  const parts = {test: `test/alerts/${name}`, page: 'docs/alerts.md', holds: section(name)};
  expect(forgotten(name, parts)).toEqual([]);
});

describe('an alert that breaks the contract is told how', () => {
  const good: AlertDefinition<{readonly to: string}> = {
    summary: 'keep messages in memory',
    options: z =>
      z.strictObject({to: z.string('expected a name, e.g. to: operators').describe('who')}),
    examples: [{to: 'operators'}],
    refuses: [{given: {}, says: 'expected a name'}],
    async send(_message, _options, {signal}) {
      signal.throwIfAborted();
      return {kind: 'delivered', text: 'kept'};
    },
  };

  test.each<[string, Partial<typeof good>, readonly string[]]>([
    ['nothing', {}, []],
    [
      'no summary',
      {summary: ''},
      ['summary has to say in one line what it does, in small letters and without a full stop'],
    ],
    ['no example', {examples: []}, ['examples is empty: name at least one']],
    [
      'an example that is refused',
      {examples: [{to: 'a'}, {to: 7}]},
      ['example {"to":7} is refused: expected a name, e.g. to: operators'],
    ],
    ['no mistake', {refuses: []}, ['refuses is empty: name the mistake that is made most']],
    [
      'a mistake that is none',
      {refuses: [{given: {to: 'x'}, says: 'name'}]},
      ['{"to":"x"} is not refused'],
    ],
    [
      'a message that says something else',
      {refuses: [{given: {}, says: 'a room'}]},
      ["{} is refused by 'expected a name, e.g. to: operators', which does not say 'a room'"],
    ],
    [
      'who sends though nobody waits',
      {send: async () => ({kind: 'delivered', text: 'sent'})},
      ['send says that it delivered when its signal is aborted already'],
    ],
  ])('%s', async (_what, part, told) => {
    expect(await breaches({...good, ...part})).toEqual(told);
  });
});
