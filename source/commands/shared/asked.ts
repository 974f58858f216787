import type {TargetSpec} from '../../config/spec.ts';
import type {WatchedOptions} from './options.ts';

/** What a monitor is asked to watch, and how, in one short text: the same for the same words, so that `start` of what runs already can be told from another. */
export function askedOf(targets: readonly TargetSpec[], config: string | undefined, options: WatchedOptions): string {
  if (config === undefined) return digest(JSON.stringify([targets, targets.some(runsSomething) ? process.cwd() : '']));
  const {preset, interval, timeout, threshold, retries, slow, unit, observe} = options;
  // The file itself may change while it is followed.
  return digest(JSON.stringify([config, {preset, interval, timeout, threshold, retries, slow, unit, observe}]));
}

/** Where it is run makes it another command. */
function runsSomething({fix}: TargetSpec): boolean {
  return fix.use === 'child' || fix.use === 'command';
}

/** 64 bits of FNV-1a, since specs may hold secrets and this is kept in a file. */
function digest(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of Buffer.from(text)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString(16).padStart(16, '0');
}
