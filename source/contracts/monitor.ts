import type {Event} from '../core/model/event.ts';
import type {State} from '../core/model/state.ts';

/** The requests that a user may send to a monitor; the events of the core that come from people. The monitor adds `at`. */
export type Command = WithoutTime<
  Extract<Event, {type: 'restart-requested' | 'paused' | 'resumed' | 'observing' | 'preset'}>
>;

type WithoutTime<E> = E extends Event ? Omit<E, 'at'> : never;

/** The running loop for a screen. */
export interface Monitor {
  /** Returns the same object until a change. */
  getSnapshot(): State;
  /** Calls `listener` after every change, batched; returns a function that stops it. */
  subscribe(listener: () => void): () => void;
  request(command: Command): void;
  /** The connection to a monitor in another process; none for one in this process. Its changes notify listeners. */
  link?(): Link;
  /** Epoch milliseconds by the monitor's own clock, for ages. */
  now(): number;
}

/** The connection to a monitor in another process. While it is lost, `getSnapshot` returns the last state and `request` does nothing. */
export type Link =
  /** `problem`: the last request that was lost or refused. */
  | {readonly state: 'up'; readonly pid: number; readonly problem?: string}
  | {readonly state: 'lost'; readonly since: number; readonly text: string};
