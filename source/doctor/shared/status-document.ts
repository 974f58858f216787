import type {Text} from '../../core/model/text.ts';
import {say} from '../../core/text/say.ts';
import {traitsOfStatus} from '../../documents/fix-traits.ts';
import {statedText, statedTexts} from '../../documents/stated-text.ts';
import {isRecord, parseJson} from '../../format/json.ts';
import {sanitize} from '../../format/sanitize.ts';
import {readBounded} from '../../io/files/bounded-file.ts';

/** `agent2_status.json` as the doctor reads it: what is there, and when it was written. Times are epoch milliseconds. */
export type StatusReading =
  | {readonly kind: 'missing'}
  | {readonly kind: 'unreadable'; readonly reason: string}
  | {readonly kind: 'corrupt'; readonly reason: string}
  | ({readonly kind: 'read'; readonly writtenAt: number} & StatusDocument);

interface StatusDocument {
  readonly version?: string;
  readonly pid?: number;
  readonly config?: string;
  readonly updated?: number;
  /** `stopped` after a monitor that ended well. */
  readonly phase?: string;
  readonly troubles: Readonly<Record<string, Text>>;
  readonly targets: readonly StatusTarget[];
}

export interface StatusTarget {
  readonly name: string;
  readonly address: string;
  readonly preset: string;
  readonly phase: string;
  readonly health: string;
  readonly fix: string;
  /** Its fix repairs something. */
  readonly heals: boolean;
  readonly observing: boolean;
  readonly flapping: boolean;
  readonly why: Text;
  readonly cause?: string;
  readonly faults: ReadonlyArray<{readonly kind: string; readonly text: Text}>;
  readonly pid?: number;
  readonly fixes: ReadonlyArray<{
    readonly at: number;
    readonly result: string;
    readonly cause?: string;
  }>;
  /** By verdict, of all causes: `{healed: 3, relapsed: 1}`. */
  readonly verdicts: Readonly<Record<string, number>>;
}

const MOST_BYTES = 16 * 1_048_576;

export function readStatusFile(path: string): StatusReading {
  const file = readBounded(path, MOST_BYTES);
  if (file.kind === 'missing') return {kind: 'missing'};
  if (file.kind === 'refused') return {kind: 'unreadable', reason: file.reason};
  const document = parseJson(file.bytes.toString('utf8'));
  if (!isRecord(document))
    return {
      kind: 'corrupt',
      reason: file.bytes.length === 0 ? say`it is empty` : say`it is no JSON object`,
    };
  if (!Array.isArray(document.targets))
    return {kind: 'corrupt', reason: say`it has no targets, as a file of the older Agent2`};
  return {
    kind: 'read',
    writtenAt: file.stats.mtimeMs,
    version: textOf(document.version),
    pid: numberOf(document.pid),
    config: textOf(document.config),
    updated: timeOf(document.updated),
    phase: textOf(document.status),
    troubles: statedTexts(document, 'troubles'),
    targets: document.targets.filter(isRecord).map(targetOf),
  };
}

function targetOf(target: Record<string, unknown>): StatusTarget {
  return {
    name: textOf(target.name) ?? '',
    address: textOf(target.address) ?? '',
    preset: textOf(target.preset) ?? '',
    phase: textOf(target.status) ?? '',
    health: textOf(target.health_status) ?? '',
    fix: textOf(target.fix) ?? 'none',
    heals: traitsOfStatus(target).heals,
    observing: target.observing === true,
    flapping: target.flapping === true,
    why: statedText(target, 'why') ?? '',
    cause: textOf(target.cause),
    faults: listOf(target.faults).map(fault => ({
      kind: textOf(fault.kind) ?? '',
      text: statedText(fault, 'text') ?? '',
    })),
    pid: isRecord(target.process) ? numberOf(target.process.pid) : undefined,
    fixes: listOf(target.fixes).map(({timestamp, result, cause}) => ({
      at: timeOf(timestamp) ?? 0,
      result: textOf(result) ?? '',
      cause: textOf(cause),
    })),
    verdicts: verdictsOf(target.ledger),
  };
}

function verdictsOf(ledger: unknown): Readonly<Record<string, number>> {
  const sums: Record<string, number> = {};
  for (const counts of isRecord(ledger) ? Object.values(ledger).filter(isRecord) : []) {
    for (const [verdict, count] of Object.entries(counts))
      if (typeof count === 'number') sums[verdict] = (sums[verdict] ?? 0) + count;
  }
  return sums;
}

function listOf(value: unknown): readonly Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? sanitize(value, 400) : undefined;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function timeOf(value: unknown): number | undefined {
  const at = typeof value === 'string' ? Date.parse(value) : NaN;
  return Number.isFinite(at) ? at : undefined;
}
