const LOOK_MS = 10;

/**
 * Looks every 10 ms until `look` gives something but undefined or false, and resolves to it. Rejects after `deadlineMs`,
 * with `what` and what `describe` says at that time.
 */
export async function until<T>(what: string, look: () => T | Promise<T>, {deadlineMs = 10_000, describe = () => ''}: UntilOptions = {}): Promise<Exclude<T, undefined | false>> {
  const deadline = performance.now() + deadlineMs;
  for (;;) {
    const seen = await look();
    if (seen !== undefined && seen !== false) return seen as Exclude<T, undefined | false>;
    if (performance.now() > deadline) throw new Error(`${what}: not within ${deadlineMs} ms\n${describe()}`);
    await new Promise(resolve => setTimeout(resolve, LOOK_MS));
  }
}

interface UntilOptions {
  readonly deadlineMs?: number;
  readonly describe?: () => string;
}
