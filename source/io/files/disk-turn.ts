/**
 * Of node's four threads only so many may wait for disks: a hung mount would hold them all, and names of hosts and other files need them too.
 */
const TURNS = 2;
const waiting: Array<() => void> = [];
let free = TURNS;

/** Does the work, which may wait for a disk for ever, as soon as few other works wait for one. */
export async function inDiskTurn<T>(work: () => Promise<T>): Promise<T> {
  if (free > 0) free--;
  else await new Promise<void>(resolve => waiting.push(resolve));
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else free++;
  }
}
