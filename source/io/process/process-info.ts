import type {ProcessIdentity} from '../../core/model/observation.ts';

/** What is cheap to know about a process. `traced` is a debugger's stop; a zombie is dead but not yet reaped. */
export interface ProcessInfo extends ProcessIdentity {
  readonly ppid: number;
  readonly pgid: number;
  readonly sid: number;
  readonly state: 'alive' | 'stopped' | 'traced' | 'zombie';
  /** The command's short name; it changes when the process executes another program. */
  readonly name: string;
}

/** What costs more, and is asked once for a new process. */
export interface ProcessDescription {
  /** The command line as one line, sanitised and cut; the name in brackets where there is none. */
  readonly command: string;
  /** The effective owner. */
  readonly uid: number;
  /** Epoch milliseconds. */
  readonly startedAt: number;
}

/** A look at one process that may be taken several times a second, and is held open for it. */
export interface Glance {
  /** Undefined when the process is gone. */
  state(): ProcessInfo['state'] | undefined;
  close(): void;
}
