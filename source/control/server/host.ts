import type {Monitor} from '../../contracts/monitor.ts';

/** What the control API serves, and what it has to be given because other rooms have it. */
export interface ControlHost {
  readonly monitor: Monitor;
  readonly version: string;
  readonly pid: number;
  readonly stateDir: string;
  /** The file that the targets come from, where there is one. */
  readonly config: string | undefined;
  /** What a restart of a target runs. */
  actionOf(target: string): string | undefined;
  /** Archives the history and begins it anew; what was done, in one line. Throws what the file system says; then nothing has changed. */
  archiveHistory(): string;
  /** `; did you mean …?` for the nearest of the allowed words, or nothing. */
  suggest(given: string, allowed: readonly string[], prefix?: string): string;
  /** Hears what does not work, and nothing once it works again. */
  onProblem(text: string | undefined): void;
}
