import type {TargetSpec} from '../config/spec.ts';
import type {SignalReading} from '../documents/restart-signal.ts';
import {createSignalReader, signalPath} from '../io/state-dir/restart-signal.ts';
import type {RunningMonitor} from '../runtime/monitor.ts';
import type {Report} from './problems.ts';
import {fixKind} from './kinds.ts';
import type {Targets} from './targets.ts';

/** Returns a function that checks the file `restart_signal`, and requests the restart that it asks for. Call that every second. */
export function createSignalWatch(
  stateDir: string,
  targets: Pick<Targets, 'specs'>,
  loop: Pick<RunningMonitor, 'dispatch' | 'now'>,
  report: Report,
): () => void {
  const checkFile = createSignalReader(signalPath(stateDir), requestRestart, report);
  return () => {
    if (targets.specs().some(consumesSignal)) checkFile();
  };

  function requestRestart(signal: SignalReading): void {
    const target = restartAskedFor(signal, targets.specs())?.name;
    if (target !== undefined)
      loop.dispatch({type: 'restart-requested', at: loop.now(), target, by: 'signal-file'});
  }
}

/** The target that the file names, else the first one that agent2 restarts itself. Undefined when another process is to consume the file. */
export function restartAskedFor<T extends Pick<TargetSpec, 'name' | 'fix'>>(
  signal: Pick<SignalReading, 'target'>,
  targets: readonly T[],
): T | undefined {
  const named = targets.find(({name}) => name === signal.target);
  return named ? [named].find(consumesSignal) : targets.find(consumesSignal);
}

/** Whether agent2 itself restarts the target, and not the process that consumes `restart_signal`. */
function consumesSignal({fix: {use}}: Pick<TargetSpec, 'fix'>): boolean {
  const {heals, takenByOthers} = fixKind(use).traits;
  return heals && !takenByOthers;
}
