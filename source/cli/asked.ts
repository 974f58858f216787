import type {TargetSpec} from '../config/spec.ts';
import {digest} from '../format/digest.ts';
import type {WatchedOptions} from './options.ts';

/** What a monitor is asked to watch, and how, in one short text: the same for the same words, so that `start` of what runs already can be told from another. A digest, since specs may hold secrets and this is kept in a file. */
export function askedOf(
  targets: readonly TargetSpec[],
  config: string | undefined,
  options: WatchedOptions,
): string {
  if (config === undefined)
    return digest(JSON.stringify([targets, targets.some(runsSomething) ? process.cwd() : '']));
  const {preset, interval, timeout, threshold, retries, slow, unit, observe} = options;
  // The file itself may change while it is followed.
  return digest(
    JSON.stringify([config, {preset, interval, timeout, threshold, retries, slow, unit, observe}]),
  );
}

/** Where it is run makes it another command. */
function runsSomething({fix}: TargetSpec): boolean {
  return fix.use === 'child' || fix.use === 'command';
}
