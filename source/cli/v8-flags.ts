import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';

/** The start is over by then, with what it alone needed. */
const SETTLED_MS = 10_000;

/**
 * Saves memory in a process that works a little every few seconds. Affects only code that is loaded afterwards.
 * The quick WebAssembly compiler alone (ink's layout) saves 35 MB at start and 10 MB for good; a small young generation
 * 2 MB; no optimising JavaScript compiler, whose own code and memory stay, 7 MB, for a twentieth more CPU. Measured by `npm run bench` with and without.
 * Under faults, V8 lets the heap grow by tens of MB before it collects the first time, since it does not know yet how much of it lives, and later to
 * twice of what lived: one early collection and small steps of growth save 60 MB (`npm run bench -- soak`).
 */
export function preferMemory(): void {
  for (const flag of [
    '--liftoff-only',
    '--min-semi-space-size=1',
    '--max-semi-space-size=1',
    '--semi-space-growth-factor=1',
    '--heap-growing-percent=10',
    '--no-opt',
    '--no-sparkplug',
  ])
    setFlagsFromString(flag);
  setTimeout(collectOnce, SETTLED_MS).unref();
}

function collectOnce(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  setFlagsFromString('--no-expose-gc');
  collect();
}

/** For a command that processes many lines and ends: with a growing young generation it takes a third of the time. */
export function preferSpeed(): void {
  optimise();
  setFlagsFromString('--semi-space-growth-factor=2');
}

/** The work of a monitor of that many targets pays for the compilers. */
const MANY = 20;

/** Also for code that is loaded already. */
export function optimiseFor(targets: number): void {
  if (targets >= MANY) optimise();
}

function optimise(): void {
  for (const flag of ['--opt', '--sparkplug']) setFlagsFromString(flag);
}
