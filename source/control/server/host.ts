import type {Text} from '../../core/model/text.ts';
import type {Monitor} from '../../contracts/monitor.ts';

/** What the control API serves, and what other rooms give it. */
export interface ControlHost {
  readonly monitor: Monitor;
  readonly version: string;
  readonly pid: number;
  readonly stateDir: string;
  /** The file of the targets, if any. */
  readonly config: string | undefined;
  /** Says what a restart of a target runs. */
  actionOf(target: string): Text | undefined;
  /** Archives the history, which then starts empty, and says so in one line. Throws what the file system says; then nothing has changed. */
  archiveHistory(): Text;
  /** `; did you mean …?` for the nearest of the allowed words, or nothing. */
  suggest(given: string, allowed: readonly string[], prefix?: string): Text;
  /** Hears what does not work, and undefined once it works again. */
  onProblem(text: Text | undefined): void;
}
