/**
 * The required shape of an outside value. A shape only checks: it neither copies the value nor removes extra fields.
 * Returns the path to the first faulty part (`.fixes[3].at`, '' for the value itself); undefined for a correct value.
 */
export interface Shape<T> {
  (value: unknown): string | undefined;
  /** Never set: it makes the compiler treat shapes of different types as different. */
  readonly of?: (value: T) => T;
}

type ValueOf<S> = S extends Shape<infer T> ? T : never;

export const string: Shape<string> = value => (typeof value === 'string' ? undefined : '');
export const boolean: Shape<boolean> = value => (typeof value === 'boolean' ? undefined : '');
export const anything: Shape<unknown> = () => undefined;

/** Finite: JSON may contain 1e999. */
export const number: Shape<number> = value => (Number.isFinite(value) ? undefined : '');

/** A whole number, not negative. */
export const count: Shape<number> = value =>
  Number.isSafeInteger(value) && (value as number) >= 0 ? undefined : '';

/** Epoch milliseconds of a four-digit year. */
export const time: Shape<number> = value =>
  Number.isFinite(value) && Math.abs(value as number) < MOST_TIME ? undefined : '';

/** A time, or Infinity for one that never comes. */
export const timeOrNever: Shape<number> = value => (value === Infinity ? undefined : time(value));

/** The pid of one process: none of the numbers that signal several. */
export const pid: Shape<number> = value =>
  Number.isSafeInteger(value) && (value as number) > 0 ? undefined : '';

const MOST_TIME = 1e14;

/** One of the keys of this table: the compiler would not notice a missing one in a list. */
export function words<W extends string>(known: Readonly<Record<W, unknown>>): Shape<W> {
  return value => (typeof value === 'string' && Object.hasOwn(known, value) ? undefined : '');
}

export function literal<const L extends string | number | boolean>(only: L): Shape<L> {
  return value => (value === only ? undefined : '');
}

export function optional<T>(shape: Shape<T>): Shape<T | undefined> {
  return value => (value === undefined ? undefined : shape(value));
}

/** Skips objects that were correct before: for immutable values, which share most of their objects with the value before. */
export function once<T extends object>(shape: Shape<T>): Shape<T> {
  const right = new WeakSet();
  return value => {
    if (isObject(value) && right.has(value)) return undefined;
    const wrong = shape(value);
    if (wrong === undefined) right.add(value as object);
    return wrong;
  };
}

export function list<T>(of: Shape<T>): Shape<readonly T[]> {
  return value => {
    if (!Array.isArray(value)) return '';
    for (let index = 0; index < value.length; index++) {
      const wrong = of(value[index]);
      if (wrong !== undefined) return `[${index}]${wrong}`;
    }
    return undefined;
  };
}

export function atLeastOne<T>(of: Shape<T>): Shape<readonly [T, ...T[]]> {
  const all = list(of);
  return value => (Array.isArray(value) && value.length === 0 ? '' : all(value));
}

/** An object whose keys are names. */
export function record<T>(of: Shape<T>): Shape<Readonly<Record<string, T>>> {
  return table(string, of) as Shape<Readonly<Record<string, T>>>;
}

/** An object with some of the keys. */
export function table<K extends string, T>(
  keys: Shape<K>,
  of: Shape<T>,
): Shape<Readonly<Partial<Record<K, T>>>> {
  return value => {
    if (!isObject(value)) return '';
    for (const key of Object.keys(value)) {
      const wrong = keys(key) ?? of(value[key]);
      if (wrong !== undefined) return `.${key}${wrong}`;
    }
    return undefined;
  };
}

/** A shape for each field of a type declared elsewhere. No field has the name of an inherited property. */
export type Fields<T> = {readonly [K in keyof T]-?: Shape<T[K]>};

export function objectOf<T extends object>(fields: Fields<T>): Shape<T> {
  const entries = Object.entries(fields) as ReadonlyArray<readonly [string, Shape<unknown>]>;
  return value => {
    if (!isObject(value)) return '';
    for (const [key, shape] of entries) {
      const wrong = shape(value[key]);
      if (wrong !== undefined) return `.${key}${wrong}`;
    }
    return undefined;
  };
}

/** An object whose type is derived from its shapes, where no type declares it. */
export function object<F extends Readonly<Record<string, Check>>>(fields: F): Shape<Derived<F>> {
  return objectOf(fields as unknown as Fields<Derived<F>>);
}

type Check = (value: unknown) => string | undefined;

type Derived<F> = Plain<
  {readonly [K in Required<F>]: ValueOf<F[K]>} & {
    readonly [K in Exclude<keyof F, Required<F>>]?: ValueOf<F[K]>;
  }
>;
type Required<F> = {
  [K in keyof F]: undefined extends ValueOf<F[K]> ? never : K;
}[keyof F];
type Plain<T> = {[K in keyof T]: T[K]};

/** The fields of each kind of object, by the word in `D` that identifies it. */
export type Kinds<T extends object, D extends keyof T & string> = {
  readonly [K in T[D] & string]: Fields<Omit<Variant<T, D, K>, D>>;
};

/** An object of one of several kinds, which its field `by` names. */
export function variants<T extends object, D extends keyof T & string>(
  by: D,
  kinds: Kinds<T, D>,
): Shape<T> {
  const shapes = new Map<unknown, Shape<object>>(
    Object.entries(kinds).map(([kind, fields]) => [kind, objectOf(fields as Fields<object>)]),
  );
  return value => {
    if (!isObject(value)) return '';
    const shape = shapes.get(value[by]);
    return shape ? shape(value) : `.${by}`;
  };
}

type Variant<T, D extends keyof T, K> = T extends unknown ? (K extends T[D] ? T : never) : never;

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
