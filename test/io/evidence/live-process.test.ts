import {expect, test} from 'vitest';
import {bounded} from '../../../source/io/evidence/finding.ts';
import {inspectionsOf, parsePs} from '../../../source/io/evidence/live-process.ts';

const never = new Promise<never>(() => undefined);

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
    inspectionsOf(gone, {rests: false}).map(([label, look]) =>
      bounded(label, () => look(AbortSignal.timeout(5_000)), {
        ms: 5_000,
        aborted: never,
        hanging: new Set(),
      }),
    ),
  );
  expect(findings.flatMap(({facts = []}) => facts)).toEqual([]);
});
