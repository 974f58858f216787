import type {Evidence, FoundCause} from './model/evidence.ts';
import {evidenceLabel} from './text/evidence-label.ts';
import type {Text} from './model/text.ts';
import {joined, message, messageOf} from './text/message.ts';

/** What was measured of the things that services run out of; what could not be, is missing. */
export interface Signs {
  readonly fds?: {readonly open: number; readonly limit: number};
  readonly disks: ReadonlyArray<{
    readonly freeBytes: number;
    readonly totalBytes: number;
    readonly freeFiles?: number;
  }>;
  /** Of the control group, without what the kernel can give back at once. */
  readonly memory?: {readonly usedBytes: number; readonly limitBytes: number};
  /** Processes killed for want of memory since all was well: in the service's control group, or of the whole machine where that is all there is to know. */
  readonly oomKills?: {readonly count: number; readonly of: 'group' | 'machine'};
  /** The process is dead and nothing else than SIGKILL can have ended it, as far as is known. */
  readonly killed: boolean;
  /** What the service said: the end of its log, the start of its response. */
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

/** The causes that the signs show, beside the one that the faults name. */
export function foundCauses(signs: Signs): readonly FoundCause[] {
  const {fds, disks, memory, oomKills, killed, said} = signs;
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
    ([cause, words]) => measured[cause] || said.some(text => words.test(text)),
  ).map(([cause]) => cause);
}

/** The found causes as they stand behind a reason: `, beside it out_of_fds`; empty when there are none. */
export function besideIt(evidence: Evidence | undefined): Text {
  return evidence && evidence.found.length > 0
    ? message`, beside it ${joined(evidence.found, message` and `)}`
    : '';
}

/** What a log line has room for: the causes, the figures that explain most, and the last thing the service said. */
export function evidenceLine({facts, texts, found}: Evidence): Text {
  const told = facts
    .filter(
      ({label}) =>
        TELLING.includes(label) || (label.startsWith('disk') && found.includes('disk_full')),
    )
    .map(({label, text}) => messageOf('evidence')`${evidenceLabel(label)} ${text}`);
  const log = texts.find(({label}) => label === 'log')?.text;
  const line = joined(
    [
      joined(found, message`, `),
      ...told,
      log === undefined ? undefined : message`log: ${endOf(log)}`,
    ],
    message`; `,
  );
  return line === '' ? message`nothing to be seen` : line;
}

const TELLING: readonly string[] = ['exit', 'memory', 'cpu', 'fds', 'killed for memory'];
const MOST_OF_A_LINE = 120;

/** The last line of what was said. */
function endOf(text: string): string {
  const line = text.slice(text.lastIndexOf('\n') + 1);
  return line.length > MOST_OF_A_LINE ? `${line.slice(0, MOST_OF_A_LINE - 1)}…` : line;
}
