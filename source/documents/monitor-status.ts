import type {ProcessIdentity} from '../core/model/observation.ts';
import type {Text} from '../core/model/text.ts';
import {isRecord, parseJson} from '../format/json.ts';
import {traitsOfStatus} from './fix-traits.ts';
import {statedText, statedTexts} from './stated-text.ts';

/** What another agent2 needs to know of `agent2_status.json`. Times are epoch milliseconds. */
export interface MonitorStatus {
  readonly pid?: number;
  readonly version?: string;
  readonly startedAt?: number;
  readonly updatedAt?: number;
  /** It ended in an orderly way. */
  readonly stopped: boolean;
  /** What of its own does not work, by what it concerns. */
  readonly troubles: Readonly<Record<string, Text>>;
  /** The targets whose fix it waits for before it ends. */
  readonly awaitedFixes: readonly string[];
  /** The config file that the monitor goes by, where it has one. */
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
  readonly fix: string;
  /** Its fix repairs something. */
  readonly heals: boolean;
  /** It is a child of its monitor. */
  readonly ownsProcess: boolean;
  readonly drill: readonly string[];
  readonly why: Text;
  readonly process?: ProcessIdentity;
  readonly cause?: string;
  readonly incidentSince?: number;
  readonly downSince?: number;
  readonly lastIncident?: {readonly since: number; readonly until: number; readonly cause: string};
  readonly fixes: readonly MonitoredFix[];
}

interface MonitoredFix {
  readonly at: number;
  readonly issue: string;
  readonly cause: string;
  readonly action: string;
  readonly result: string;
  readonly healthyAfterMs?: number;
  readonly detail?: Text;
}

/** Undefined when the text is no status file of this agent2. */
export function readMonitorStatus(text: string): MonitorStatus | undefined {
  const document = parseJson(text);
  if (!isRecord(document) || !Array.isArray(document.targets)) return undefined;
  return {
    pid: numberOf(document.pid),
    version: textOf(document.version),
    startedAt: timeOf(document.started),
    updatedAt: timeOf(document.updated),
    stopped: document.status === 'stopped',
    troubles: statedTexts(document, 'troubles'),
    awaitedFixes: textsOf(document.awaited_fixes),
    config: textOf(document.config),
    targets: document.targets.filter(isRecord).map(targetOf),
  };
}

const LEAST_STALE_MS = 25_000;

/** How old a status file may be before its monitor is called stuck: it is written at every check, and every ten seconds when there are none. */
export function staleMsOf({targets}: MonitorStatus): number {
  const intervals = targets.flatMap(({intervalMs}) => intervalMs ?? []);
  return Math.max(LEAST_STALE_MS, 3 * Math.min(30_000, ...intervals) + 10_000);
}

function targetOf(target: Record<string, unknown>): MonitoredTarget {
  const process = isRecord(target.process) ? target.process : {};
  const last = isRecord(target.last_incident) ? target.last_incident : undefined;
  const [since, until] = [timeOf(last?.since), timeOf(last?.until)];
  return {
    name: textOf(target.name) ?? '',
    address: textOf(target.address) ?? '',
    checked: typeof target.last_check === 'string',
    intervalMs: typeof target.interval === 'number' ? target.interval * 1_000 : undefined,
    healthSince: timeOf(target.health_since),
    preset: textOf(target.preset) ?? '',
    phase: textOf(target.status) ?? '',
    health: textOf(target.health_status) ?? '',
    observing: target.observing === true,
    fix: textOf(target.fix) ?? 'none',
    ...traitsOfStatus(target),
    drill: textsOf(target.drill),
    why: statedText(target, 'why') ?? '',
    process:
      typeof process.pid === 'number' && typeof process.start_key === 'string'
        ? {pid: process.pid, startKey: process.start_key}
        : undefined,
    cause: textOf(target.cause),
    incidentSince: timeOf(target.incident_since),
    downSince: timeOf(target.down_since),
    lastIncident:
      last && since !== undefined && until !== undefined
        ? {since, until, cause: textOf(last.cause) ?? ''}
        : undefined,
    fixes: Array.isArray(target.fixes) ? target.fixes.filter(isRecord).flatMap(fixOf) : [],
  };
}

function fixOf(fix: Record<string, unknown>): MonitoredFix[] {
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

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter(text => typeof text === 'string') : [];
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** Finer than a millisecond, which `Date.parse` is not: two times of the same moment have to stay in their order. */
function timeOf(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  const at = Date.parse(value);
  const micros = /\.\d{3}(\d{3})/.exec(value)?.[1];
  return Number.isFinite(at) ? at + Number(micros ?? 0) / 1_000 : undefined;
}
