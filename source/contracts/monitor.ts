import type {Event} from '../core/model/event.ts';
import type {State} from '../core/model/state.ts';

/** What a user may ask of a monitor; the events of the core that come from people. `at` is added by the monitor. */
export type Command = WithoutTime<
  Extract<Event, {type: 'restart-requested' | 'paused' | 'resumed' | 'observing' | 'preset'}>
>;

type WithoutTime<E> = E extends Event ? Omit<E, 'at'> : never;

/** The running loop as a screen sees it. */
export interface Monitor {
  /** The same object until something changed. */
  getSnapshot(): State;
  /** Calls `listener` after every change, batched; returns the way to stop it. */
  subscribe(listener: () => void): () => void;
  request(command: Command): void;
  /** How it stands with a monitor in another process; none for one in this very process. Listeners hear when it changes. */
  link?(): Link;
  /** Epoch milliseconds by the monitor's own clock, for ages. */
  now(): number;
}

/** The way to a monitor in another process. While it is lost, `getSnapshot` is what was seen last and `request` does nothing. */
export type Link =
  /** `problem`: what was asked for last and did not get there, or was refused. */
  | {readonly state: 'up'; readonly pid: number; readonly problem?: string}
  | {readonly state: 'lost'; readonly since: number; readonly text: string};
