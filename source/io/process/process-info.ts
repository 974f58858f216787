import type {ProcessIdentity} from '../../core/model/observation.ts';

/** The cheap facts about a process. `traced` is a debugger's stop; a zombie is dead but not yet reaped. */
export interface ProcessInfo extends ProcessIdentity {
  readonly ppid: number;
  readonly pgid: number;
  readonly sid: number;
  readonly state: 'alive' | 'stopped' | 'traced' | 'zombie';
  /** The command's short name; it changes when the process executes another program. */
  readonly name: string;
}

/** The expensive facts, read once for a new process. */
export interface ProcessDescription {
  /** The command line as one line, sanitised and cut; without one, the name in brackets. */
  readonly command: string;
  /** The effective owner. */
  readonly uid: number;
  /** Epoch milliseconds. */
  readonly startedAt: number;
}

/** Reads one process several times a second through an open file. */
export interface Glance {
  /** Undefined when the process is gone. */
  state(): ProcessInfo['state'] | undefined;
  close(): void;
}
