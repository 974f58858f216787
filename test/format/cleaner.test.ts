import {expect, test} from 'vitest';
import {createCleaner} from '../../source/format/cleaner.ts';

test('every text in a value is redacted at any depth, and a value without secrets stays the same object', () => {
  const {value} = createCleaner(() => ['tops3cret']);
  const calm = {name: 'a', texts: ['fine'], at: 1};
  const event = {
    type: 'observed',
    observation: {faults: [{text: 'said tops3cret'}], note: 'Authorization: Bearer abc'},
    calm,
  };
  const clean = value(event);
  expect(clean).toEqual({
    type: 'observed',
    observation: {faults: [{text: 'said ***'}], note: 'Authorization: ***'},
    calm,
  });
  expect(clean.calm).toBe(calm);
  expect(value(calm)).toBe(calm);
});

test("agent2's own words stay, even if a secret is the same word", () => {
  const {value} = createCleaner(() => ['alive', 'crashed', 'api-key:80']);
  const state = {
    target: 'api-key:80',
    process: {state: 'alive'},
    cause: 'crashed',
    dependsOn: ['api-key:80'],
    text: 'crashed',
  };
  expect(value(state)).toEqual({...state, text: '***'});
});

test('later secrets are redacted from then on', () => {
  let secrets: readonly string[] = [];
  const {text} = createCleaner(() => secrets);
  expect(text('said tops3cret')).toBe('said tops3cret');
  secrets = ['tops3cret'];
  expect(text('said tops3cret')).toBe('said ***');
});

test('a line is one line, without escape sequences', () => {
  expect(createCleaner(() => []).line('a\nb \u001b[31mc')).toBe('a b c');
});
