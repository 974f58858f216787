let last: Promise<void> = Promise.resolve();

/**
 * Await it just before a process is started: that stops the loop for milliseconds, on a busy machine for a tenth of a second. So of many processes that are
 * to be started at once, one is started in each turn of the loop, and the checks of other targets come between.
 */
export function startTurn(): Promise<void> {
  const mine = last;
  last = mine.then(() => new Promise(resolve => setImmediate(resolve)));
  return mine;
}
