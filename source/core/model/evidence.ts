import type {Text} from './text.ts';

/** Evidence about a target from just before its repair, kept with its incident. It is bounded in size, and redacted by the gatherer. */
export interface Evidence {
  readonly at: number;
  /** One line each: `process` is `pid 42, sleeping (S), up 3 h`, `fds` is `1024 of 1024`. */
  readonly facts: readonly EvidenceFact[];
  /** Text of several lines: the start of the response, the end of the service's log, the output of the evidence command. */
  readonly texts: readonly EvidenceText[];
  /** Causes beside the cause. */
  readonly found: readonly FoundCause[];
}

export interface EvidenceFact {
  readonly label: string;
  readonly text: Text;
}

export interface EvidenceText {
  readonly label: string;
  readonly text: string;
}

/** The causes that evidence can show besides the main one: often the reason for it. */
export type FoundCause = 'disk_full' | 'out_of_fds' | 'out_of_memory';
