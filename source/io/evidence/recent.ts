/** Shares a result of `read` for `what` for `ms`: many targets ask for the same at nearly the same time. */
export function recent<W, T>(
  ms: number,
  keyOf: (what: W) => string,
  read: (what: W) => T,
  now: () => number = () => performance.now(),
): (what: W) => T {
  let known = new Map<string, {readonly result: T}>();
  let since = -Infinity;
  return what => {
    const at = now();
    if (at - since >= ms) {
      known = new Map();
      since = at;
    }
    const key = keyOf(what);
    const before = known.get(key);
    if (before) return before.result;
    const result = read(what);
    known.set(key, {result});
    return result;
  };
}
