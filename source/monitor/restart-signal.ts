import type {TargetSpec} from '../config/spec.ts';

/** With `signal` somebody else consumes it; with `none` nobody could act on it. */
export function consumesSignal({fix: {use}}: Pick<TargetSpec, 'fix'>): boolean {
  return use !== 'signal' && use !== 'none';
}

/** The one file asks for a restart of the target that it names, else of the first that can be restarted by us; for one that is not ours to restart it is left to others. */
export function restartAskedFor<T extends Pick<TargetSpec, 'name' | 'fix'>>(
  text: string,
  targets: readonly T[],
): T | undefined {
  const named = targets.find(({name}) => name === namedIn(text));
  return named ? [named].find(consumesSignal) : targets.find(consumesSignal);
}

/** The target that a restart signal names, where it is JSON that does. */
function namedIn(text: string): string | undefined {
  return /"target"\s*:\s*"([^"\\]{1,63})"/.exec(text)?.[1];
}
