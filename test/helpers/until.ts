const LOOK_MS = 10;

/** How long a single wait may take, unless it says otherwise: nobody waits so long on an idle machine, and on one that does ten things at once a program may need seconds to start. */
export const PATIENCE_MS = 30_000;

/**
 * Looks every 10 ms until `look` gives something but undefined or false, and resolves to it. Rejects after `deadlineMs`,
 * with `what` and what `describe` says at that time.
 */
export async function until<T>(
  what: string,
  look: () => T | Promise<T>,
  {deadlineMs = PATIENCE_MS, describe = () => ''}: UntilOptions = {},
): Promise<Exclude<T, undefined | false>> {
  const deadline = performance.now() + deadlineMs;
  for (;;) {
    const seen = await look();
    if (seen !== undefined && seen !== false) return seen as Exclude<T, undefined | false>;
    if (performance.now() > deadline)
      throw new Error(`${what}: not within ${deadlineMs} ms\n${describe()}`);
    await new Promise(resolve => setTimeout(resolve, LOOK_MS));
  }
}

/** The same for what tells of itself: what `promise` resolves to, or a rejection that says what did not come. */
export async function within<T>(
  what: string,
  promise: Promise<T>,
  {deadlineMs = PATIENCE_MS, describe = () => ''}: UntilOptions = {},
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`${what}: not within ${deadlineMs} ms\n${describe()}`)),
      deadlineMs,
    );
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

interface UntilOptions {
  readonly deadlineMs?: number;
  readonly describe?: () => string;
}
