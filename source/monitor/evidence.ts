import type {TargetSpec} from '../config/spec.ts';
import type {Gatherer} from '../contracts/evidence.ts';
import type {OwnedChild} from '../contracts/fix.ts';
import {createGatherer} from '../io/evidence/gatherer.ts';

/** Gathers the evidence about a target: from the log that its config names, else from the output of our own child. */
export function gathererOf(
  {name, evidence, secrets}: TargetSpec,
  stateDir: string,
  child: OwnedChild | undefined,
  now: () => number,
): Gatherer {
  const {log = child?.logFile, command, timeoutMs} = evidence;
  return createGatherer({target: name, stateDir, log, command, timeoutMs, secrets, now});
}
