import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {byteText} from '../../../source/io/evidence/byte-text.ts';
import {cutBytes} from '../../../source/io/evidence/cut-bytes.ts';
import {diskFinding} from '../../../source/io/evidence/disk.ts';
import {bounded, fact} from '../../../source/io/evidence/finding.ts';
import {looksAt, parsePs} from '../../../source/io/evidence/live-process.ts';

const never = new Promise<never>(() => undefined);

describe('a part of the evidence', () => {
  test('that never answers is given up, and not asked again while it hangs', async () => {
    const hanging = new Set<string>();
    const bounds = {ms: 20, aborted: never, hanging};
    expect(await bounded('disk', () => never, bounds)).toEqual(
      fact('disk', 'no answer within 20 ms'),
    );
    expect(await bounded('disk', () => never, bounds)).toEqual(
      fact('disk', 'still no answer since the last time'),
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

describe('a text cut to bytes', () => {
  test('keeps the end that matters, never half a character', () => {
    expect(cutBytes('abcdef', 6, 'end')).toBe('abcdef');
    expect(cutBytes('abcdefg', 6, 'start')).toBe('abc…');
    expect(cutBytes('abcdefg', 6, 'end')).toBe('…efg');
    expect(cutBytes('€€€', 8, 'start')).toBe('€…');
    expect(cutBytes('€€€', 8, 'end')).toBe('…€');
  });

  test('has at most so many, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.string({unit: 'binary'}),
        fc.integer({min: 3, max: 40}),
        fc.constantFrom('start', 'end'),
        (text, most, keep) => {
          const cut = cutBytes(text, most, keep);
          expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(most);
          const kept = cut === text ? text : keep === 'start' ? cut.slice(0, -1) : cut.slice(1);
          expect(keep === 'start' ? text.startsWith(kept) : text.endsWith(kept)).toBe(true);
        },
      ),
    );
  });
});

test.each([
  [0, '0 KiB'],
  [1536, '1.5 KiB'],
  [45_000_000, '43 MiB'],
  [1_048_576 * 1000, '1 GiB'],
  [1.5 * 2 ** 40, '1.5 TiB'],
])('%d bytes are told as %s', (bytes, text) => {
  expect(byteText(bytes)).toBe(text);
});

test('a disk that is none, like /proc, is left out', async ctx => {
  if (process.platform !== 'linux') ctx.skip('needs /proc');
  expect(await diskFinding('disk', '/proc')).toEqual({});
});

test('what ps says of a process is understood, and what it does not say left out', () => {
  expect(parsePs(' S+   12.5  45000  501\n').facts).toEqual([
    {label: 'state', text: 'sleeping (S)'},
    {label: 'owner', text: 'uid 501'},
    {label: 'cpu', text: '12.5 %'},
    {label: 'memory', text: '44 MiB resident'},
  ]);
  expect(parsePs('')).toEqual({});
});

test('a process that ended meanwhile leaves nothing to tell', async () => {
  const gone = 4_194_300;
  const findings = await Promise.all(
    looksAt(gone, {rests: false}).map(([label, look]) =>
      bounded(label, () => look(AbortSignal.timeout(5_000)), {
        ms: 5_000,
        aborted: never,
        hanging: new Set(),
      }),
    ),
  );
  expect(findings.flatMap(({facts = []}) => facts)).toEqual([]);
});
