import type {Clock} from '../contracts/clock.ts';
import type {Command, Monitor} from '../contracts/monitor.ts';
import {nextWake} from '../core/next-due.ts';
import type {Effect} from '../core/model/effect.ts';
import type {Event} from '../core/model/event.ts';
import type {State} from '../core/model/state.ts';
import {update} from '../core/update.ts';
import {createCleaner, type Cleaner} from '../format/cleaner.ts';

/** The loop: holds the snapshot, runs events through `update`, performs the effects, and wakes itself when work is due. */
export interface RunningMonitor extends Monitor {
  dispatch(event: Event): void;
  /** Resolves when no effect is running. */
  settled(): Promise<void>;
  /** Ends the loop: sets the state to `stopped`, cancels running checks, and waits for `fixesEnded`. Without that, a running fix outlives agent2. */
  close(fixesEnded?: Promise<unknown>): Promise<void>;
}

const NONE: readonly string[] = [];
/** The time that cancelled checks have to end. */
const CLOSE_MS = 300;

/** The view of the loop that effects get. */
export type Loop = Pick<RunningMonitor, 'dispatch' | 'getSnapshot' | 'now'>;

/** Performs one effect; `settled` awaits its result, which must not reject. */
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

  const monitor: RunningMonitor = {
    getSnapshot: () => state,
    now: () => clock.now(),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    request: (command: Command) => dispatch({...command, at: clock.now()}),
    dispatch,
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
    const event = cleaner.value(given);
    onEvent(event, state);
    const before = state;
    const [next, effects] = update(state, event);
    state = next;
    if (state !== before) notifySoon();
    for (const effect of effects) {
      const running = perform(effect, monitor);
      if (running) track(running);
    }
    wakeWhenDue();
  }

  function track(running: Promise<void>): void {
    underWay.add(running);
    void running.finally(() => underWay.delete(running));
  }

  function wakeWhenDue(): void {
    const at = nextWake(state);
    if (wake?.at === at) return;
    wake?.cancel();
    wake =
      at === Infinity
        ? undefined
        : {at, cancel: clock.after(Math.max(0, at - clock.now()), () => wakeUp())};
  }

  function wakeUp(): void {
    wake = undefined;
    dispatch({type: 'tick', at: clock.now()});
  }

  /** Notifies the listeners once for all events of one turn of the event loop. */
  function notifySoon(): void {
    if (notifying) return;
    notifying = true;
    queueMicrotask(() => {
      notifying = false;
      for (const listener of listeners) listener();
    });
  }
}
