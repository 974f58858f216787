import type {Event} from '../core/event.ts';
import type {State} from '../core/state.ts';

/** What a user may ask of a monitor; the events of the core that come from people. `at` is added by the monitor. */
export type Command = WithoutTime<Extract<Event, {type: 'restart-requested' | 'paused' | 'resumed' | 'observing' | 'preset'}>>;

type WithoutTime<E> = E extends Event ? Omit<E, 'at'> : never;

/** The running loop as a screen sees it. */
export interface Monitor {
  /** The same object until something changed. */
  getSnapshot(): State;
  /** Calls `listener` after every change, batched; returns the way to stop it. */
  subscribe(listener: () => void): () => void;
  request(command: Command): void;
  /** Epoch milliseconds by the monitor's own clock, for ages. */
  now(): number;
}
