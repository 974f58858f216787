import {expect, test} from 'vitest';
import {recent} from '../../../source/io/evidence/recent.ts';

test('what is asked for again and again is read once in its time, each by its key', () => {
  let at = 0;
  const reads: string[] = [];
  const ask = recent(
    1_000,
    (what: {readonly path: string}) => what.path,
    ({path}) => {
      reads.push(path);
      return `${path} at ${at}`;
    },
    () => at,
  );
  expect([ask({path: '/a'}), ask({path: '/a'}), ask({path: '/b'})]).toEqual([
    '/a at 0',
    '/a at 0',
    '/b at 0',
  ]);
  at = 999;
  expect(ask({path: '/a'})).toBe('/a at 0');
  at = 1_000;
  expect(ask({path: '/a'})).toBe('/a at 1000');
  expect(reads).toEqual(['/a', '/b', '/a']);
});
