import {describe, expect, test} from 'vitest';
import {bounded, fact} from '../../../source/io/evidence/finding.ts';

const never = new Promise<never>(() => undefined);

describe('a part of the evidence', () => {
  test('that never answers is given up, and not asked again while it hangs', async () => {
    const hanging = new Set<string>();
    const bounds = {ms: 20, aborted: never, hanging};
    expect(await bounded('disk', () => never, bounds)).toEqual(
      fact('disk', 'no answer within 20 ms'),
    );
    expect(await bounded('disk', () => never, bounds)).toEqual(
      fact('disk', 'no answer yet since the last time'),
    );
    expect(await bounded('log', async () => fact('log', 'line'), bounds)).toEqual(
      fact('log', 'line'),
    );
    expect([...hanging]).toEqual(['disk']);
  });

  test('that fails says why; what is simply not there is left out', async () => {
    const bounds = {ms: 1_000, aborted: never, hanging: new Set<string>()};
    const failing = (code: string) => () =>
      Promise.reject(Object.assign(new Error(`${code}: no`), {code}));
    expect(await bounded('fds', failing('EACCES'), bounds)).toEqual(
      fact('fds', 'could not be read: EACCES: no'),
    );
    expect(await bounded('fds', failing('ENOENT'), bounds)).toEqual({});
    expect(await bounded('fds', failing('ESRCH'), bounds)).toEqual({});
  });

  test('ends when nobody wants it any more', async () => {
    expect(
      await bounded('disk', () => never, {
        ms: 60_000,
        aborted: Promise.resolve(),
        hanging: new Set(),
      }),
    ).toEqual({});
  });
});
