import type {Text} from '../core/model/text.ts';
import type {LogEntry} from '../config/log-settings.ts';
import type {TargetSpec} from '../config/spec.ts';
import type {Watched} from '../config/state-dir.ts';
import type {Budget} from '../core/model/policy.ts';
import type {RunningMonitor} from '../runtime/monitor.ts';
import type {HandedOver, HandOverWait, RunCall} from './hand-over.ts';
import type {Handover} from './hand-over-file.ts';
import type {LoggedNotice} from './log.ts';

/** A running monitor with everything it holds. */
export interface OpenMonitor {
  readonly monitor: RunningMonitor;
  readonly stateDir: string;
  /** The current targets: a changed config file replaces them. */
  targets(): readonly TargetSpec[];
  /** Describes a restart of a target, for people. */
  actionOf(target: string): Text | undefined;
  /** Opens the log again by its name. */
  reopenLog(): void;
  /** Notes in log and status that the terminal is gone while the loop continues. */
  continueWithoutScreen(): void;
  /** Starts `run` in the background and hands the loop over to it. Unless the loop is `kept`, this monitor is then closed. */
  handOver(run: RunCall, onWait: (wait: HandOverWait) => void): Promise<HandedOver>;
  /** During a close: kills agent2's own children, and waits for no fix. */
  hurry(): void;
  /** Ends everything, agent2's own children too, after any fix that would leave a service stopped. The last status is `stopped`. */
  close(): Promise<void>;
  /** Resolves, with the text, when this monitor must end: the state directory was removed, and another monitor took it. */
  readonly lost: Promise<Text>;
}

export interface MonitorSetup extends Watchlist {
  readonly stateDirOption: string | undefined;
  /** The state directory is removed at the end, and is not registered, so that a script never finds a demo. */
  readonly temporary?: boolean;
  /** The file of the targets. */
  readonly config?: ConfigSource;
  /** Identifies the command line, so that a second start recognises this monitor. */
  readonly asked?: string;
  /** The log settings of the options, which win over the config file. */
  readonly log: LogEntry;
  /** The value of `--record`. */
  readonly record?: string | true;
  /** The loop that another process released for this one. */
  readonly handover?: Handover;
  /** Called with every notice, after the log. */
  readonly onNotice?: (logged: LoggedNotice) => void;
  /** The loop calls it once a second. */
  readonly everySecond?: (monitor: RunningMonitor) => void;
}

/** The targets, and the settings for all of them. */
export interface Watchlist {
  readonly targets: readonly TargetSpec[];
  readonly healBudget?: Budget;
  /** A common cause does not delay restarts. */
  readonly brake?: false;
  readonly logOfConfig?: LogEntry;
}

/** A config file that may change while the monitor runs. */
export interface ConfigSource {
  readonly path: string;
  /** What names the state directory. */
  readonly place: Watched;
  /** Reads the file; `bad` names what is wrong with it. */
  read(): Promise<
    | ({readonly kind: 'good'; readonly place: Watched} & Watchlist)
    | {readonly kind: 'bad'; readonly text: Text}
  >;
  /** Calls `onChange` when the file may have changed; resolves to a function that stops watching. */
  watch(onChange: () => void, onProblem: (text: Text) => void): Promise<() => Promise<void>>;
}
