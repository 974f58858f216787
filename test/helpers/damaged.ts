import fc from 'fast-check';

/** Pieces that parsers trip over. */
const pieces = fc.oneof(
  fc.string({unit: 'binary', maxLength: 20}),
  fc.constantFrom(
    ...[
      'null',
      '{}',
      '[]',
      '""',
      '-1',
      '1e999',
      'true',
      '"__proto__":1,',
      '{"__proto__":{}}',
      '\u0000',
      '\u001b[2J',
    ],
    ...[
      '\u202e',
      '\n',
      '\r\n',
      ':',
      ' ',
      '"',
      "'",
      '\\',
      '\\u001b',
      '\ufeff',
      '%',
      '|',
      ';;;;',
      '=',
      '0'.repeat(30),
    ],
    ...[
      '&a [*a]',
      '<<: 5',
      '!!js/function',
      '- - - -',
      '? ',
      '---\n',
      '{file: /}',
      '${env:X',
      '[[[[[[[[',
      '9'.repeat(400),
    ],
  ),
);

/** A text of one of the `samples`, with parts of it removed, doubled, moved or replaced; now and then any text. */
export function damaged(samples: readonly string[]): fc.Arbitrary<string> {
  const change = fc.record({
    at: fc.double({min: 0, max: 1, noNaN: true}),
    length: fc.nat({max: 40}),
    piece: fc.option(pieces, {nil: undefined}),
    times: fc.constantFrom(1, 1, 1, 2, 50),
  });
  const ofSample = fc
    .tuple(fc.constantFrom(...samples), fc.array(change, {maxLength: 5}))
    .map(([text, changes]) =>
      changes.reduce((rest, {at, length, piece, times}) => {
        const from = Math.floor(at * rest.length);
        const replacement = piece ?? rest.slice(from, from + length).repeat(2);
        return rest.slice(0, from) + replacement.repeat(times) + rest.slice(from + length);
      }, text),
    );
  return fc.oneof(
    {weight: 6, arbitrary: ofSample},
    {weight: 1, arbitrary: fc.array(pieces, {maxLength: 12}).map(parts => parts.join(''))},
    {weight: 1, arbitrary: fc.json({maxDepth: 4})},
  );
}
