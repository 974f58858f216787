/** One finding of the doctor, and its remedy. All texts are sanitised. */
export interface Finding {
  /** A word of the contract, for scripts: `port_taken`. */
  readonly id: string;
  readonly level: 'ok' | 'warn' | 'fail' | 'skipped';
  /** Its target; none for a finding about the monitor or the machine. */
  readonly target?: string;
  /** The subject, in a word or two. */
  readonly what: string;
  readonly seen: string;
  /** The next command to type; only for a problem. */
  readonly next?: string;
}

/** A finding of an examination; the caller adds its target and subject. */
export type Remark = Omit<Finding, 'what' | 'target'>;

/** The answer of a program. `output` is raw; `missing` also covers a file that is no program. */
export type ProgramAnswer =
  | {
      readonly kind: 'answered';
      readonly code: number;
      readonly output: string;
      readonly complaint: string;
    }
  | {readonly kind: 'missing'}
  | {readonly kind: 'late'};
