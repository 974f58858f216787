import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {eventReader, type StreamEvent} from '../../../source/documents/control/event-stream.ts';

const all = (pieces: readonly string[], most = 10_000) => {
  const reader = eventReader(most);
  return pieces.flatMap(
    (piece): readonly (StreamEvent | 'too long')[] => reader.push(piece) ?? ['too long'],
  );
};

describe('a stream of events', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', ':', ' ', '{', 'é', '🙂'))
    .map(parts => parts.join(''));
  const line = fc.constantFrom('\n', '\r\n', '\r');

  test('reads the same wherever it is cut', () => {
    const events = fc.array(
      fc.record({event: fc.constantFrom('hello', 'delta'), data: text, comment: text}),
      {maxLength: 5},
    );
    fc.assert(
      fc.property(
        events,
        line,
        fc.array(fc.integer({min: 1, max: 7}), {minLength: 1}),
        (events, end, sizes) => {
          const whole = events
            .map(
              ({event, data, comment}) =>
                `:${comment}${end}event: ${event}${end}data: ${data}${end}${end}`,
            )
            .join('');
          const pieces: string[] = [];
          for (let at = 0, turn = 0; at < whole.length; turn++) {
            const size = sizes[turn % sizes.length] ?? 1;
            pieces.push(whole.slice(at, at + size));
            at += size;
          }
          expect(all(pieces)).toEqual(events.map(({event, data}) => ({event, data})));
        },
      ),
    );
  });

  test('joins data lines, applies a name to one event only, and skips unknown fields', () => {
    expect(all(['event: a\ndata: 1\ndata:2\n\nid: 7\nretry\ndata\n\nevent: c\n\n'])).toEqual([
      {event: 'a', data: '1\n2'},
      {event: 'message', data: ''},
    ]);
  });

  test('without an end is given up, in one line or many', () => {
    expect(all(['data: ', 'x'.repeat(60), 'x'.repeat(60)], 100)).toEqual(['too long']);
    expect(
      all(
        Array.from({length: 30}, () => 'data: xxxxx\n'),
        100,
      ),
    ).toContain('too long');
    expect(all([`data: ${'x'.repeat(80)}\n\n`, `data: ${'x'.repeat(80)}\n\n`], 100)).toHaveLength(
      2,
    );
  });
});
