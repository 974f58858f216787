import type {LogEntry} from '../config/log-words.ts';
import type {TargetSpec} from '../config/spec.ts';
import type {Watched} from '../config/state-dir.ts';
import type {Budget} from '../core/model/state.ts';
import type {RunningMonitor} from '../runtime/monitor.ts';
import type {HandedOver, HandOverWait} from './hand-over.ts';
import type {Handover} from './hand-over-file.ts';
import type {LoggedNotice} from './log.ts';

/** A running monitor with all that it holds. */
export interface OpenMonitor {
  readonly monitor: RunningMonitor;
  readonly stateDir: string;
  /** As they are now: a config file may change them. */
  targets(): readonly TargetSpec[];
  /** What a restart of a target does, for people. */
  actionOf(target: string): string | undefined;
  /** Opens the log by its name again. */
  reopenLog(): void;
  /** Says, in the log and in the status, that the terminal went away and the loop did not. */
  goOnWithoutScreen(): void;
  /**
   * Gives the loop to a `run` with `words` that is started for it in the background. Where it is not `kept` nothing of it is here any more, and `close`
   * has nothing to do.
   */
  handOver(words: readonly string[], onWait: (wait: HandOverWait) => void): Promise<HandedOver>;
  /** While it closes: waits neither for children of our own (they are killed) nor for a fix under way. */
  hurry(): void;
  /** Ends everything; children of our own too. A fix under way that left a service stopped is let finish first. The last status says `stopped`. */
  close(): Promise<void>;
  /** Resolves, with why, when another monitor took the state directory, which can only be after somebody had removed it: this one has to end. */
  readonly lost: Promise<string>;
}

export interface MonitorSetup extends Watchlist {
  readonly stateDirOption: string | undefined;
  /** Whether that is removed when the monitor ends: then nobody but who is told where it is finds it, lest a demo is taken for what a script means. */
  readonly passing?: boolean;
  /** Where the targets come from, when that is a file. */
  readonly config?: ConfigSource;
  /** Tells what is asked for from anything else, see `asked.ts`. */
  readonly asked?: string;
  /** What the options say of the log; it goes before what the config file says. */
  readonly log: LogEntry;
  /** What `--record` was given. */
  readonly record?: string | true;
  /** What another process let go of for this one. */
  readonly handover?: Handover;
  /** Hears every notice, beside the log. */
  readonly onNotice?: (logged: LoggedNotice) => void;
  /** Called once a second by the loop itself. */
  readonly everySecond?: (monitor: RunningMonitor) => void;
}

/** What is watched. */
export interface Watchlist {
  readonly targets: readonly TargetSpec[];
  readonly healBudget?: Budget;
  readonly logOfConfig?: LogEntry;
}

/** A config file that may change while it is used. */
export interface ConfigSource {
  readonly path: string;
  /** What decides where its monitor keeps its files. */
  readonly place: Watched;
  /** What the file says now, or what is wrong with it. */
  read(): Promise<
    | ({readonly kind: 'good'; readonly place: Watched} & Watchlist)
    | {readonly kind: 'bad'; readonly text: string}
  >;
  /** Calls `onChange` when it may have changed; returns the way to stop that. */
  watch(onChange: () => void, onProblem: (text: string) => void): Promise<() => Promise<void>>;
}
