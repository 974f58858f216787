import type {Text} from '../../core/model/text.ts';
import type {Monitor} from '../../contracts/monitor.ts';

/** The monitor that the control API serves, and what the API needs from other rooms. */
export interface ControlHost {
  readonly monitor: Monitor;
  readonly version: string;
  readonly pid: number;
  readonly stateDir: string;
  /** The file of the targets, if any. */
  readonly config: string | undefined;
  /** Describes a restart of a target, for people. */
  actionOf(target: string): Text | undefined;
  /** Archives the history, which then starts empty, and says so in one line. Throws errors of the file system; then nothing has changed. */
  archiveHistory(): Text;
  /** `; did you mean …?` for the nearest of the allowed words, or nothing. */
  suggest(given: string, allowed: readonly string[], prefix?: string): Text;
  /** Reports a problem of the API; undefined when it works again. */
  onProblem(text: Text | undefined): void;
}
