import type {Effect} from '../core/model/effect.ts';
import {createChecks} from './checks.ts';
import {createFixes, type Fixes} from './fixes.ts';
import type {Handlers} from './handlers.ts';
import {inspectProcess} from './inspect-process.ts';
import type {Loop, Perform} from './monitor.ts';

/** Performs effects; `endFixes` prepares the end of the monitor. */
export interface Performer extends Perform {
  endFixes: Fixes['end'];
}

/** How each kind of effect is performed. */
type Table = {
  readonly [Type in Effect['type']]: (
    effect: Extract<Effect, {type: Type}>,
    loop: Loop,
  ) => Promise<void> | void;
};

/** One entry for each kind of effect. Each dispatches its outcome. */
export function createPerform(handlers: Handlers): Performer {
  const checks = createChecks(handlers);
  const fixes = createFixes(handlers);
  /** The save of what the next fix changes in the memory. */
  let remembered: Promise<unknown> | undefined;
  const table: Table = {
    'check': checks.run,
    'cancel-check': ({target}) => checks.cancel(target),
    'inspect': (effect, loop) => inspectProcess(effect, loop, handlers),
    'fix': (effect, loop) => fixes.run(effect, loop, remembered),
    'cancel-fix': ({target}) => fixes.cancel(target),
    'consume-signal': () => handlers.consumeSignal(),
    'notify': ({notice}) => handlers.notify(notice),
    'remember': (_, loop) => {
      remembered = handlers.remember(loop.getSnapshot()) ?? undefined;
    },
    'write-status': (_, loop) => handlers.writeStatus(loop.getSnapshot()),
    'unexpected': ({target, error}, loop) => loop.caught('decisions', error, target),
  };
  // The compiler cannot see that the entry fits the effect's type.
  const perform: Perform = (effect, loop) => (table[effect.type] as Perform)(effect, loop);
  return Object.assign(perform, {endFixes: fixes.end});
}
