import type {Evidence, FoundCause} from './model/evidence.ts';
import {evidenceLabel} from './text/evidence-label.ts';
import type {Text} from './model/text.ts';
import {errorLineOf} from './text/error-line.ts';
import {joined, message, messageOf} from './text/message.ts';

/** Measured use of the resources that services exhaust; unmeasured ones are missing. */
export interface Measurements {
  readonly fds?: {readonly open: number; readonly limit: number};
  readonly disks: ReadonlyArray<{
    readonly freeBytes: number;
    readonly totalBytes: number;
    readonly freeFiles?: number;
  }>;
  /** Of the control group, without the memory that the kernel can reclaim at once. */
  readonly memory?: {readonly usedBytes: number; readonly limitBytes: number};
  /** Processes the OOM killer ended since the target was last healthy: in its control group, else on the whole machine. */
  readonly oomKills?: {readonly count: number; readonly of: 'group' | 'machine'};
  /** The process is dead, and as far as known only SIGKILL can have ended it. */
  readonly killed: boolean;
  /** Text that the service wrote since it was last well: the end of its log, the start of its response. */
  readonly said: readonly string[];
}

const NEARLY_ALL = 0.98;
const LEAST_FREE_SHARE = 0.01;
const LEAST_FREE_BYTES = 16 * 1024 * 1024;

const SAID: ReadonlyArray<readonly [FoundCause, RegExp]> = [
  ['out_of_fds', /\bEMFILE\b|too many open files/i],
  ['disk_full', /\bENOSPC\b|\bEDQUOT\b|no space left on device|disk quota exceeded/i],
  [
    'out_of_memory',
    /out of memory|cannot allocate memory|\bENOMEM\b|\bMemoryError\b|\bOOMKilled\b/i,
  ],
];

/** The causes that the measurements show, besides the one that the faults name. */
export function foundCauses(measurements: Measurements): readonly FoundCause[] {
  const {fds, disks, memory, oomKills, killed, said} = measurements;
  const measured: Record<FoundCause, boolean> = {
    out_of_fds: fds !== undefined && fds.open >= fds.limit * NEARLY_ALL,
    disk_full: disks.some(
      ({freeBytes, totalBytes, freeFiles}) =>
        freeBytes < totalBytes * LEAST_FREE_SHARE ||
        freeBytes < LEAST_FREE_BYTES ||
        freeFiles === 0,
    ),
    out_of_memory:
      (memory !== undefined && memory.usedBytes >= memory.limitBytes * NEARLY_ALL) ||
      (oomKills !== undefined && oomKills.count > 0 && (oomKills.of === 'group' || killed)),
  };
  return SAID.filter(
    ([cause, words]) =>
      measured[cause] ||
      (said.some(text => words.test(text)) && !isRefuted(cause, measurements)) ||
      (cause === 'disk_full' && said.some(text => QUOTA.test(text))),
  ).map(([cause]) => cause);
}

/** A quota is full while its disk is not. */
const QUOTA = /\bEDQUOT\b|disk quota exceeded/i;
const AMPLE_SHARE = 0.05;
const AMPLE_BYTES = 256 * 1024 * 1024;
const FEW_FDS = 0.8;

/** The measurements show that what the service says is not so, or not any more. */
function isRefuted(cause: FoundCause, {fds, disks}: Measurements): boolean {
  switch (cause) {
    case 'disk_full':
      return (
        disks.length > 0 &&
        disks.every(
          ({freeBytes, totalBytes, freeFiles}) =>
            freeBytes >= totalBytes * AMPLE_SHARE && freeBytes >= AMPLE_BYTES && freeFiles !== 0,
        )
      );
    case 'out_of_fds':
      return fds !== undefined && fds.open < fds.limit * FEW_FDS;
    case 'out_of_memory':
      return false;
  }
}

/** The found causes as a suffix of the reason: `, beside it out_of_fds`; empty when there are none. */
export function alsoFound(evidence: Evidence | undefined): Text {
  return evidence && evidence.found.length > 0
    ? message`, beside it ${joined(evidence.found, message` and `)}`
    : '';
}

/** Evidence in one log line: the causes, the main figures, and the service's last log line. */
export function evidenceLine({facts, texts, found}: Evidence): Text {
  const figures = facts
    .filter(
      ({label}) =>
        MAIN_FACTS.includes(label) || (label.startsWith('disk') && found.includes('disk_full')),
    )
    .map(({label, text}) => messageOf('evidence')`${evidenceLabel(label)} ${text}`);
  const log = texts.find(({label}) => label === 'log')?.text;
  const line = joined(
    [
      joined(found, message`, `),
      ...figures,
      log === undefined ? undefined : message`log: ${endOf(log)}`,
    ],
    message`; `,
  );
  return line === '' ? message`nothing found` : line;
}

/** What the evidence says about the machine, in one line. */
export function machineLine(evidence: Evidence | undefined): Text {
  const facts = (evidence?.facts ?? []).filter(
    ({label}) => MACHINE_FACTS.includes(label) || label.startsWith('disk'),
  );
  const line = joined(
    [
      joined(evidence?.found ?? [], message`, `),
      ...facts.map(({label, text}) => messageOf('evidence')`${evidenceLabel(label)} ${text}`),
    ],
    message`; `,
  );
  return line === '' ? message`nothing found` : line;
}

const MACHINE_FACTS: readonly string[] = ['memory of the machine', 'pressure', 'network'];

const MAIN_FACTS: readonly string[] = ['exit', 'memory', 'cpu', 'fds', 'killed for memory'];
const MOST_OF_A_LINE = 120;

/** The line of the given text with the error, else the last one. */
function endOf(text: string): string {
  const line = errorLineOf(text.split('\n')) ?? text.slice(text.lastIndexOf('\n') + 1);
  return line.length > MOST_OF_A_LINE ? `${line.slice(0, MOST_OF_A_LINE - 1)}…` : line;
}
