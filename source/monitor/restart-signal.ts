import type {TargetSpec} from '../config/spec.ts';
import type {Text} from '../core/model/text.ts';
import {message} from '../core/text/message.ts';
import type {SignalReading} from '../documents/restart-signal.ts';
import {createSignalReader, signalPath} from '../io/state-dir/restart-signal.ts';
import type {RunningMonitor} from '../runtime/monitor.ts';
import type {Report} from './problems.ts';
import {sanitize} from '../format/sanitize.ts';
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

  function requestRestart(signal: SignalReading, unread: Text | undefined): Text | undefined {
    const asked = restartAskedFor(signal, targets.specs());
    if (asked.kind === 'unknown')
      return message`restart_signal names ${asked.name}, which is no target; nothing is restarted: correct the name (${namesText(targets.specs())}), or remove the file`;
    if (asked.kind === 'none') return undefined;
    loop.dispatch({
      type: 'restart-requested',
      at: loop.now(),
      target: asked.target.name,
      by: 'signal-file',
    });
    return (
      unread &&
      message`restart_signal ${unread}; its content does not count, and ${asked.target.name} is restarted`
    );
  }
}

type Asked<T> =
  | {readonly kind: 'target'; readonly target: T}
  /** Another process is to consume the file. */
  | {readonly kind: 'none'}
  | {readonly kind: 'unknown'; readonly name: string};

/** The target that the file names; without a name the first one that agent2 restarts itself. A name that no target has is never taken for another one. */
export function restartAskedFor<T extends Pick<TargetSpec, 'name' | 'fix'>>(
  {target: name}: Pick<SignalReading, 'target'>,
  targets: readonly T[],
): Asked<T> {
  const named = name === undefined ? undefined : targets.find(target => target.name === name);
  if (name !== undefined && !named) return {kind: 'unknown', name: sanitize(name, 80)};
  const target = named ? [named].find(consumesSignal) : targets.find(consumesSignal);
  return target ? {kind: 'target', target} : {kind: 'none'};
}

const MOST_NAMES = 10;

function namesText(targets: ReadonlyArray<Pick<TargetSpec, 'name'>>): string {
  const names = targets.slice(0, MOST_NAMES).map(({name}) => name);
  return [...names, ...(targets.length > MOST_NAMES ? ['…'] : [])].join(', ');
}

/** Whether agent2 itself restarts the target, and not the process that consumes `restart_signal`. */
function consumesSignal({fix: {use}}: Pick<TargetSpec, 'fix'>): boolean {
  const {heals, takenByOthers} = fixKind(use).traits;
  return heals && !takenByOthers;
}
