/** One thing that the doctor saw, and what to do about it. All texts are sanitised. */
export interface Finding {
  /** A word of the contract, for scripts: `port_taken`. */
  readonly id: string;
  readonly level: 'ok' | 'warn' | 'fail' | 'skipped';
  /** The target that it is about; none for what is about the monitor or the machine. */
  readonly target?: string;
  /** What was looked at, in a word or two. */
  readonly what: string;
  readonly seen: string;
  /** The next command to type; only where something is wrong. */
  readonly next?: string;
}

/** What an examination says of something: its target and what was looked at are added by who asked. */
export type Remark = Omit<Finding, 'what' | 'target'>;

/** What a program answered. `output` is raw; a program that is not there, or is none, is `missing`. */
export type ProgramAnswer =
  | {
      readonly kind: 'answered';
      readonly code: number;
      readonly output: string;
      readonly complaint: string;
    }
  | {readonly kind: 'missing'}
  | {readonly kind: 'late'};
