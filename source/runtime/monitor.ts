import type {Clock} from '../contracts/clock.ts';
import type {Command, Monitor} from '../contracts/monitor.ts';
import {nextWake} from '../core/next-due.ts';
import type {Effect} from '../core/model/effect.ts';
import type {Event} from '../core/model/event.ts';
import type {State} from '../core/model/state.ts';
import {update} from '../core/update.ts';
import {createCleaner, type Cleaner} from '../format/cleaner.ts';
import {
  createUnexpected,
  outcomeInstead,
  partOf,
  withoutTexts,
  type Part,
  type Unexpected,
} from './unexpected.ts';

/** The loop: holds the snapshot, runs events through `update`, performs the effects, and wakes itself when work is due. */
export interface RunningMonitor extends Monitor, Unexpected {
  /** Never throws: an event that a bug makes unusable is dropped. */
  dispatch(event: Event): void;
  /** Since when every turn of the loop has thrown, in the time of `now`; undefined when the last one did all that was due. */
  throwingSince(): number | undefined;
  /** Resolves when no effect is running. */
  settled(): Promise<void>;
  /** Ends the loop: sets the state to `stopped`, cancels running checks, and waits for `fixesEnded`. Without that, a running fix outlives agent2. */
  close(fixesEnded?: Promise<unknown>): Promise<void>;
}

const NONE: readonly string[] = [];
/** The time that cancelled checks have to end. */
const CLOSE_MS = 300;
/** How long the loop waits after a tick that threw, since what is due may throw at once again. */
const AFTER_BUG_MS = 250;

/** The view of the loop that effects get. */
export type Loop = Pick<RunningMonitor, 'dispatch' | 'getSnapshot' | 'now' | 'caught' | 'worked'>;

/** Performs one effect; `settled` awaits its result. When it throws or rejects, which is a bug, the loop makes up its outcome. */
export type Perform = (effect: Effect, loop: Loop) => Promise<void> | void;

/**
 * `onEvent` receives every event with the state before it, for a recording. `cleaner` removes the secrets from every incoming
 * text, so that none is ever shown, written or sent: outside text has no other way into the state.
 */
export function createMonitor(
  initial: State,
  clock: Clock,
  perform: Perform,
  onEvent: (event: Event, before: State) => void = () => {},
  cleaner: Cleaner = createCleaner(() => NONE),
): RunningMonitor {
  let state = cleaner.value(initial);
  let wake: {readonly at: number; readonly cancel: () => void} | undefined;
  let notifying = false;
  const listeners = new Set<() => void>();
  const underWay = new Set<Promise<void>>();
  let throwingSince: number | undefined;
  /** Not before this time does the loop wake itself. */
  let notBefore = -Infinity;
  let threw = false;
  const unexpected = createUnexpected({
    now: () => clock.now(),
    getSnapshot: () => state,
    dispatch,
    notify: notice => act({type: 'notify', notice}),
  });

  const monitor: RunningMonitor = {
    getSnapshot: () => state,
    now: () => clock.now(),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    request: (command: Command) => dispatch({...command, at: clock.now()}),
    dispatch,
    ...unexpected,
    throwingSince: () => throwingSince,
    async settled() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    async close(fixesEnded) {
      dispatch({type: 'stopped', at: clock.now()});
      await fixesEnded;
      await Promise.race([
        monitor.settled(),
        new Promise<void>(resolve => clock.after(CLOSE_MS, resolve)),
      ]);
    },
  };
  return monitor;

  function dispatch(given: Event): void {
    const event = cleaned(given);
    if (event) {
      attempt('recording', () => onEvent(event, state));
      for (const effect of decided(event)) act(effect);
    }
    wakeWhenDue();
  }

  /** Undefined when not even the outcome alone can be used. */
  function cleaned(given: Event): Event | undefined {
    try {
      return cleaner.value(given);
    } catch (error) {
      unexpected.caught('decisions', error, 'target' in given ? given.target : undefined);
      return withoutTexts(given, new Error('its texts cannot be cleaned'));
    }
  }

  function decided(event: Event): readonly Effect[] {
    const before = state;
    try {
      const [next, effects] = update(state, event);
      state = next;
      if (state !== before) notifySoon();
      if (!effects.some(({type}) => type === 'unexpected'))
        unexpected.worked('decisions', 'target' in event ? event.target : undefined);
      return effects;
    } catch (error) {
      return [{type: 'unexpected', target: 'target' in event ? event.target : undefined, error}];
    }
  }

  /** What one effect throws concerns its own work alone. */
  function act(effect: Effect): void {
    if (effect.type === 'unexpected') {
      threw = true;
      return unexpected.caught('decisions', effect.error, effect.target);
    }
    try {
      const running = perform(effect, monitor);
      if (running) track(running, effect);
      else unexpected.worked(partOf(effect), targetOf(effect));
    } catch (error) {
      failed(effect, error);
    }
  }

  function failed(effect: Effect, error: unknown): void {
    unexpected.caught(partOf(effect), error, targetOf(effect));
    const outcome = outcomeInstead(effect, error, clock.now());
    if (outcome) dispatch(outcome);
  }

  function attempt(part: Part, work: () => void): void {
    try {
      work();
      unexpected.worked(part);
    } catch (error) {
      unexpected.caught(part, error);
    }
  }

  function track(running: Promise<void>, effect: Effect): void {
    const handled = running
      .catch((error: unknown) => failed(effect, error))
      .finally(() => underWay.delete(handled));
    underWay.add(handled);
  }

  function wakeWhenDue(): void {
    const at = Math.max(nextWake(state), notBefore);
    if (wake?.at === at) return;
    wake?.cancel();
    wake =
      at === Infinity
        ? undefined
        : {at, cancel: clock.after(Math.max(0, at - clock.now()), () => wakeUp())};
  }

  function wakeUp(): void {
    wake = undefined;
    threw = false;
    const at = clock.now();
    dispatch({type: 'tick', at});
    if (threw) {
      throwingSince ??= at;
      notBefore = at + AFTER_BUG_MS;
      wakeWhenDue();
    } else {
      throwingSince = undefined;
      notBefore = -Infinity;
    }
  }

  /** Notifies the listeners once for all events of one turn of the event loop. */
  function notifySoon(): void {
    if (notifying) return;
    notifying = true;
    queueMicrotask(() => {
      notifying = false;
      for (const listener of [...listeners]) attempt('screen', listener);
    });
  }
}

function targetOf(effect: Effect): string | undefined {
  return 'target' in effect ? effect.target : undefined;
}
