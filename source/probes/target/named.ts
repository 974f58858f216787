import type {ProcessInfo} from '../../io/process/processes.ts';
import type {FoundProcess} from './known-process.ts';

/** What a pid file says, before the port was asked. */
export interface Named extends FoundProcess {
  /** The process that the file names, where the port decides whether it is the target's. */
  readonly candidate?: Candidate;
}

/** `writtenAt`: when the file that names it was written, in epoch ms. `doubtful`: its number may mean another process, so that only the port can speak for it. */
export type Candidate = ProcessInfo & {readonly writtenAt: number; readonly doubtful?: true};
