/** The object without the keys whose value is undefined. */
export function definedOnly<T extends object>(
  value: T,
): {readonly [Key in keyof T]?: Exclude<T[Key], undefined>} {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as {
    readonly [Key in keyof T]?: Exclude<T[Key], undefined>;
  };
}
