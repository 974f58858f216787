import type {Text} from '../core/model/text.ts';
import type {LogEntry} from '../config/log-words.ts';
import type {TargetSpec} from '../config/spec.ts';
import type {Watched} from '../config/state-dir.ts';
import type {Budget} from '../core/model/policy.ts';
import type {RunningMonitor} from '../runtime/monitor.ts';
import type {HandedOver, HandOverWait} from './hand-over.ts';
import type {Handover} from './hand-over-file.ts';
import type {LoggedNotice} from './log.ts';

/** A running monitor with everything it holds. */
export interface OpenMonitor {
  readonly monitor: RunningMonitor;
  readonly stateDir: string;
  /** The current ones: a config file may change them. */
  targets(): readonly TargetSpec[];
  /** What a restart of a target does, for people. */
  actionOf(target: string): Text | undefined;
  /** Opens the log again by its name. */
  reopenLog(): void;
  /** Notes in log and status that the terminal is gone while the loop continues. */
  continueWithoutScreen(): void;
  /**
   * Starts `run` with `words` in the background and gives it the loop. Unless the loop is `kept`, nothing of it is left here.
   */
  handOver(words: readonly string[], onWait: (wait: HandOverWait) => void): Promise<HandedOver>;
  /** While it closes: kills our own children, and waits for no fix. */
  hurry(): void;
  /** Ends everything, our own children too, after any fix that has left a service stopped. The last status says `stopped`. */
  close(): Promise<void>;
  /** Resolves to the reason when this monitor has to end, because somebody removed the state directory and another monitor took it. */
  readonly lost: Promise<Text>;
}

export interface MonitorSetup extends Watchlist {
  readonly stateDirOption: string | undefined;
  /** Whether the state directory is removed at the end: it is not registered then, so that a script never finds a demo. */
  readonly temporary?: boolean;
  /** The file that the targets come from. */
  readonly config?: ConfigSource;
  /** Identifies what the user asked for, so that a second start finds it. */
  readonly asked?: string;
  /** What the options say about the log; they win over the config file. */
  readonly log: LogEntry;
  /** What `--record` was given. */
  readonly record?: string | true;
  /** The loop that another process gave to this one. */
  readonly handover?: Handover;
  /** Hears every notice besides the log. */
  readonly onNotice?: (logged: LoggedNotice) => void;
  /** The loop calls it once a second. */
  readonly everySecond?: (monitor: RunningMonitor) => void;
}

/** What is watched. */
export interface Watchlist {
  readonly targets: readonly TargetSpec[];
  readonly healBudget?: Budget;
  readonly logOfConfig?: LogEntry;
}

/** A config file that may change while the monitor runs. */
export interface ConfigSource {
  readonly path: string;
  /** What the state directory is chosen by. */
  readonly place: Watched;
  /** Reads what the file says now, or what is wrong with it. */
  read(): Promise<
    | ({readonly kind: 'good'; readonly place: Watched} & Watchlist)
    | {readonly kind: 'bad'; readonly text: Text}
  >;
  /** Calls `onChange` when the file may have changed; returns how to stop that. */
  watch(onChange: () => void, onProblem: (text: Text) => void): Promise<() => Promise<void>>;
}
