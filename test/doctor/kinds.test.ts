import {load} from 'agent2:doctor';
import {describe, expect, test} from 'vitest';
import {forgotten} from '../helpers/parts.ts';

const all = await Promise.all(
  Object.entries(load).map(async ([name, examination]) => [name, await examination()] as const),
);

describe.each(all)('the examination %s', (name, {what, finds, order}) => {
  test('has a test, and a row in the docs', () => {
    const row = new RegExp(`^\\| [^|]*\\| ${what()} \\|`, 'm');
    expect(
      forgotten(name, {test: `test/doctor/${name}`, page: 'docs/doctor.md', holds: row}),
    ).toEqual([]);
  });

  test('says in a word or two what it looks at, and in a line what it finds', () => {
    expect(what()).toMatch(/^[a-z][\w ]{2,24}$/);
    expect(finds).toMatch(/^[^\n]{5,250}[^.]$/);
    expect(Number.isFinite(order)).toBe(true);
  });
});
