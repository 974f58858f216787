import {load} from 'agent2:service-files';
import {describe, expect, test} from 'vitest';
import {forgotten} from '../helpers/parts.ts';
import {facts} from './facts.ts';

const all = await Promise.all(
  Object.entries(load).map(async ([name, file]) => [name, await file()] as const),
);

describe.each(all)('the service file %s', (name, file) => {
  const own = {...facts, scope: file.scope};

  test('has a test, and a place in the docs', () => {
    expect(
      forgotten(name, {
        test: `test/service-files/${name}`,
        page: 'docs/service.md',
        holds: new RegExp(`^\\| \`${name}\` \\|`, 'm'),
      }),
    ).toEqual([]);
  });

  test('says in a line what it is', () => {
    expect(file.summary()).toMatch(/^[a-z][^\n]{10,120}[^.]$/);
  });

  test('can be made of what is usual, at a whole path that has its name, with its mark', () => {
    expect(file.refusal?.(own)).toBeUndefined();
    expect(file.path(own)).toMatch(/^\//);
    expect(file.path(own)).toContain(own.name);
    expect(file.text(own, 'the mark of agent2')).toContain('the mark of agent2');
  });

  test('says what makes it work', () => {
    expect(file.enable(own, false).length).toBeGreaterThan(0);
  });
});
