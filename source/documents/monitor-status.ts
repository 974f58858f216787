import type {ProcessIdentity} from '../core/model/observation.ts';
import type {Text} from '../core/model/text.ts';
import {isRecord, parseJson} from '../format/json.ts';
import {sanitize} from '../format/sanitize.ts';
import {traitsOfStatus} from './fix-traits.ts';
import type {Damaged} from './reading.ts';
import {pid, time} from './shape.ts';
import {statedText, statedTexts} from './stated-text.ts';

/**
 * The parsed `agent2_status.json`. The format only gains keys, so it needs no version: reads the known keys of an older or a newer one.
 */
export type StatusReading =
  | {
      readonly kind: 'read';
      readonly status: MonitorStatus;
      /** The whole document. */
      readonly document: StatusDocument;
    }
  /** AgentOS's own: about its only target, without the name. */
  | {
      readonly kind: 'agentos';
      readonly fixes: readonly MonitoredFix[];
      readonly document: Entry;
    }
  | Damaged;

type Entry = Readonly<Record<string, unknown>>;
type StatusDocument = Entry & {readonly targets: readonly Entry[]};

/** The facts about a monitor that another agent2 needs. Times are epoch milliseconds; texts are sanitised. */
export interface MonitorStatus {
  readonly pid?: number;
  readonly version?: string;
  readonly startedAt?: number;
  readonly updatedAt?: number;
  /** The status of its first target; `stopped` after a clean end. */
  readonly phase?: string;
  readonly stopped: boolean;
  /** Its own problems, by subject; `troubles` in the document. */
  readonly problems: Readonly<Record<string, Text>>;
  /** The targets with a running fix that delays its end. */
  readonly awaitedFixes: readonly string[];
  /** Its config file, if any. */
  readonly config?: string;
  readonly targets: readonly MonitoredTarget[];
}

export interface MonitoredTarget {
  readonly name: string;
  readonly address: string;
  /** Its first check is done. */
  readonly checked: boolean;
  readonly intervalMs?: number;
  readonly healthSince?: number;
  /** As shown: `test*` where a value differs. */
  readonly preset: string;
  readonly phase: string;
  readonly health: string;
  readonly observing: boolean;
  readonly flapping: boolean;
  readonly fix: string;
  /** Its fix repairs something. */
  readonly heals: boolean;
  /** It is a child of its monitor. */
  readonly ownsProcess: boolean;
  readonly drill: readonly string[];
  readonly why: Text;
  /** Only one that agent2 may signal. */
  readonly process?: ProcessIdentity;
  readonly faults: ReadonlyArray<{readonly kind: string; readonly text: Text}>;
  readonly cause?: string;
  readonly incidentSince?: number;
  readonly downSince?: number;
  readonly lastIncident?: {readonly since: number; readonly until: number; readonly cause: string};
  readonly fixes: readonly MonitoredFix[];
  /** The verdicts on its fixes, of all causes: `{healed: 3, relapsed: 1}`. */
  readonly verdicts: Readonly<Record<string, number>>;
}

export interface MonitoredFix {
  readonly at: number;
  readonly issue: string;
  readonly cause: string;
  readonly action: string;
  readonly result: string;
  readonly healthyAfterMs?: number;
  readonly detail?: Text;
}

export function readStatus(text: string): StatusReading {
  const document = parseJson(text);
  if (!isRecord(document)) return {kind: 'damaged', at: ''};
  if (!Array.isArray(document.targets))
    return {kind: 'agentos', fixes: entriesOf(document.fixes).flatMap(fixOf), document};
  const targets = entriesOf(document.targets);
  const phase = textOf(document.status);
  return {
    kind: 'read',
    status: {
      pid: numberOf(document.pid),
      version: textOf(document.version),
      startedAt: timeOf(document.started),
      updatedAt: timeOf(document.updated),
      phase,
      stopped: phase === 'stopped',
      problems: statedTexts(document, 'troubles'),
      awaitedFixes: textsOf(document.awaited_fixes),
      // Not cut or sanitised, since programs open it.
      config: typeof document.config === 'string' ? document.config : undefined,
      targets: targets.map(targetOf),
    },
    document: {...document, targets},
  };
}

/** Undefined when the text is no status file of this agent2. */
export function readMonitorStatus(text: string): MonitorStatus | undefined {
  const read = readStatus(text);
  return read.kind === 'read' ? read.status : undefined;
}

const LEAST_STALE_MS = 25_000;

/** The age at which a status file shows a stuck monitor: it is written at every check, and every ten seconds without checks. */
export function staleMsOf({targets}: MonitorStatus): number {
  const intervals = targets.flatMap(({intervalMs}) => intervalMs ?? []);
  return Math.max(LEAST_STALE_MS, 3 * Math.min(30_000, ...intervals) + 10_000);
}

function targetOf(target: Entry): MonitoredTarget {
  const process = isRecord(target.process) ? target.process : {};
  const last = isRecord(target.last_incident) ? target.last_incident : undefined;
  const [since, until] = [timeOf(last?.since), timeOf(last?.until)];
  return {
    name: textOf(target.name) ?? '',
    address: typeof target.address === 'string' ? sanitize(target.address, LONGEST_ADDRESS) : '',
    checked: typeof target.last_check === 'string',
    intervalMs: typeof target.interval === 'number' ? target.interval * 1_000 : undefined,
    healthSince: timeOf(target.health_since),
    preset: textOf(target.preset) ?? '',
    phase: textOf(target.status) ?? '',
    health: textOf(target.health_status) ?? '',
    observing: target.observing === true,
    flapping: target.flapping === true,
    fix: textOf(target.fix) ?? 'none',
    ...traitsOfStatus(target),
    drill: textsOf(target.drill),
    why: statedText(target, 'why') ?? '',
    process:
      pid(process.pid) === undefined &&
      typeof process.start_key === 'string' &&
      process.unproven !== true
        ? {pid: process.pid as number, startKey: process.start_key}
        : undefined,
    faults: entriesOf(target.faults).map(fault => ({
      kind: textOf(fault.kind) ?? '',
      text: statedText(fault, 'text') ?? '',
    })),
    cause: textOf(target.cause),
    incidentSince: timeOf(target.incident_since),
    downSince: timeOf(target.down_since),
    lastIncident:
      last && since !== undefined && until !== undefined
        ? {since, until, cause: textOf(last.cause) ?? ''}
        : undefined,
    fixes: entriesOf(target.fixes).flatMap(fixOf),
    verdicts: verdictsOf(target.ledger),
  };
}

function fixOf(fix: Entry): readonly MonitoredFix[] {
  const at = timeOf(fix.timestamp);
  if (at === undefined) return [];
  return [
    {
      at,
      issue: textOf(fix.issue) ?? '',
      cause: textOf(fix.cause) ?? '',
      action: textOf(fix.action) ?? '',
      result: textOf(fix.result) ?? '',
      healthyAfterMs: typeof fix.healthy_after === 'number' ? fix.healthy_after * 1_000 : undefined,
      detail: statedText(fix, 'detail'),
    },
  ];
}

function verdictsOf(ledger: unknown): Readonly<Record<string, number>> {
  const sums: Record<string, number> = {};
  for (const counts of isRecord(ledger) ? Object.values(ledger).filter(isRecord) : []) {
    for (const [verdict, count] of Object.entries(counts))
      if (typeof count === 'number') sums[verdict] = (sums[verdict] ?? 0) + count;
  }
  return sums;
}

function entriesOf(value: unknown): readonly Entry[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

const LONGEST_TEXT = 400;
const LONGEST_ADDRESS = 4_096;

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? sanitize(value, LONGEST_TEXT) : undefined;
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.flatMap(text => textOf(text) ?? []) : [];
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** Finer than the millisecond of `Date.parse`: two times of the same millisecond must keep their order. */
function timeOf(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  const at = Date.parse(value);
  const micros = /\.\d{3}(\d{3})/.exec(value)?.[1];
  return time(at) === undefined ? at + Number(micros ?? 0) / 1_000 : undefined;
}
