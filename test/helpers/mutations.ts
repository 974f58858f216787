import fc from 'fast-check';

type Path = readonly (string | number)[];

/** What stands in the place of a part of a document, once it was damaged. */
const odd = fc.constantFrom<unknown>(
  null,
  0,
  -1,
  1.5,
  1e300,
  -1e15,
  '',
  'odd',
  '\u0000∞',
  true,
  [],
  [null],
  [[]],
  {},
  {odd: null},
  {key: 7},
);

/** The document with one to three of its parts lost, or replaced by something else. */
export function damaged(document: unknown): fc.Arbitrary<unknown> {
  const paths = pathsOf(document, []);
  const part = fc.record({
    path: fc.constantFrom(...paths),
    value: fc.oneof(fc.constant(undefined), odd),
  });
  return fc
    .array(part, {minLength: 1, maxLength: 3})
    .map(parts =>
      parts.reduce<unknown>(
        (value, {path, value: other}) => replaced(value, path, other),
        document,
      ),
    );
}

function pathsOf(value: unknown, path: Path): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const parts: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? value.map((part, index) => [index, part] as const)
    : Object.entries(value);
  return [path, ...parts.flatMap(([key, part]) => pathsOf(part, [...path, key]))];
}

/** Undefined takes the part away. A path that an earlier replacement has removed changes nothing. */
function replaced(value: unknown, [key, ...rest]: Path, other: unknown): unknown {
  if (key === undefined) return other ?? null;
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return value;
  const part = (value as Readonly<Record<string | number, unknown>>)[key];
  const next = rest.length === 0 ? other : replaced(part, rest, other);
  if (Array.isArray(value))
    return value.flatMap((item: unknown, index) =>
      index !== key ? [item] : next === undefined ? [] : [next],
    );
  const {[key]: _, ...others} = value as Readonly<Record<string | number, unknown>>;
  return next === undefined ? others : {...others, [key]: next};
}
