import fc from 'fast-check';
import {expect, test} from 'vitest';
import {withRoomFor} from '../../../source/core/fix/kept-evidence.ts';
import type {Evidence} from '../../../source/core/model/evidence.ts';
import type {IncidentRecord} from '../../../source/core/model/incident.ts';
import {newestWithin, textBytes} from '../../../source/core/text/text-bytes.ts';

const evidenceOf = (characters: number): Evidence => ({
  at: 1,
  facts: [{label: 'process', text: 'pid 1'}],
  texts: [{label: 'log', text: 'x'.repeat(characters)}],
  found: [],
});
const incidentWith = (number: number, evidence: Evidence): IncidentRecord => ({
  number,
  startedAt: number,
  endedAt: number,
  cause: 'crashed',
  faults: [],
  fixes: 1,
  held: false,
  evidence,
  end: 'healthy',
});
const sizeOf = (value: unknown) => JSON.stringify(value).length;

test('the evidence of a target stays within its room, and that of the newest incidents stays whole', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({min: 0, max: 60_000}), {maxLength: 20}),
      fc.integer({min: 0, max: 60_000}),
      fc.integer({min: 1, max: 3_000}),
      (sizes, newest, targets) => {
        const incidents = sizes.map((size, index) => incidentWith(index, evidenceOf(size)));
        const kept = withRoomFor(evidenceOf(newest), incidents, targets);
        expect(kept.map(({number}) => number)).toEqual(incidents.map(({number}) => number));
        const old = kept.reduce(
          (sum, {evidence}) => sum + (evidence ? sizeOf(evidence.texts) : 0),
          0,
        );
        // Each evidence may be some bytes more as JSON.
        expect(old).toBeLessThan(Math.min(131_072, 8_388_608 / targets) + 20 * 200);
        const whole = kept.map(({evidence}, index) => evidence === incidents[index]?.evidence);
        expect(whole.lastIndexOf(false)).toBe(whole.filter(is => !is).length - 1);
      },
    ),
  );
});

test('with much room nothing changes', () => {
  const incidents = [incidentWith(1, evidenceOf(30_000)), incidentWith(2, evidenceOf(30_000))];
  expect(withRoomFor(evidenceOf(30_000), incidents, 2)).toBe(incidents);
});

test('of texts the newest stay that fit, and the very newest always', () => {
  const bytesOf = (text: string) => textBytes(text);
  const texts = ['a'.repeat(100), 'b'.repeat(100), 'c'.repeat(100)];
  expect(newestWithin(texts, {most: 9, bytes: 250, bytesOf})).toEqual(texts.slice(1));
  expect(newestWithin(texts, {most: 1, bytes: 900, bytesOf})).toEqual(texts.slice(2));
  expect(newestWithin(texts, {most: 9, bytes: 1, bytesOf})).toEqual(texts.slice(2));
  expect(newestWithin(texts, {most: 9, bytes: 900, bytesOf})).toBe(texts);
});
