import type {TargetSpec} from '../config/spec.ts';
import type {SignalReading} from '../documents/restart-signal.ts';
import {createSignalReader, signalPath} from '../io/state-dir/restart-signal.ts';
import type {RunningMonitor} from '../runtime/monitor.ts';
import type {Report} from './problems.ts';
import {fixKind} from './kinds.ts';
import type {Targets} from './targets.ts';

/** Asks the loop for the restart that the file `restart_signal` requests. Call it every second. */
export function createSignalWatch(
  stateDir: string,
  targets: Pick<Targets, 'specs'>,
  loop: Pick<RunningMonitor, 'dispatch' | 'now'>,
  report: Report,
): () => void {
  const look = createSignalReader(signalPath(stateDir), requestRestart, report);
  return () => {
    if (targets.specs().some(consumesSignal)) look();
  };

  function requestRestart(signal: SignalReading): void {
    const target = restartAskedFor(signal, targets.specs())?.name;
    if (target !== undefined)
      loop.dispatch({type: 'restart-requested', at: loop.now(), target, by: 'signal-file'});
  }
}

/** The target that the file names, or the first that agent2 restarts itself. A signal for a target that others restart is left to them. */
export function restartAskedFor<T extends Pick<TargetSpec, 'name' | 'fix'>>(
  signal: Pick<SignalReading, 'target'>,
  targets: readonly T[],
): T | undefined {
  const named = targets.find(({name}) => name === signal.target);
  return named ? [named].find(consumesSignal) : targets.find(consumesSignal);
}

/** What is for others to take they take themselves, and on what does not heal nobody could act. */
function consumesSignal({fix: {use}}: Pick<TargetSpec, 'fix'>): boolean {
  const {heals, takenByOthers} = fixKind(use).traits;
  return heals && !takenByOthers;
}
