import {withoutHistory} from '../core/history-reset.ts';
import type {TargetMemory} from '../core/model/memory.ts';
import {isRecord} from '../format/json.ts';
import {memoriesText, type TargetMemories} from './memory.ts';
import type {StatusReading} from './monitor-status.ts';
import type {Damaged} from './reading.ts';
import {fileTime, isoTime} from '../format/time.ts';

/** An archive of the history: the original `run/memory.json`, for restoring it, and its time. */
export function archiveText(memories: TargetMemories, at: number): string {
  return memoriesText(memories, {archived: isoTime(at)});
}

/** `fixes-20260127-103045.json.gz`, in local time. */
export function archiveName(at: number): string {
  return `fixes-${fileTime(at)}.json.gz`;
}

/** How much history there is. */
export interface Counts {
  readonly fixes: number;
  readonly incidents: number;
}

export function countsOf(memories: TargetMemories): Counts {
  const sum = (count: (memory: TargetMemory) => number) =>
    [...memories.values()].reduce((total, memory) => total + count(memory), 0);
  return {fixes: sum(({fixes}) => fixes.length), incidents: sum(({incidents}) => incidents.length)};
}

/** Whether a reset would remove anything. */
export function hasHistory(memories: TargetMemories): boolean {
  return [...memories.values()].some(
    memory =>
      memory.fixes.length > withoutHistory(memory).fixes.length ||
      memory.incidents.length > 0 ||
      Object.keys(memory.ledger).length > 0,
  );
}

/** The status file of a stopped monitor, without the history; also AgentOS's own file, which has no targets. */
export function statusWithoutHistory(
  reading: Exclude<StatusReading, Damaged>,
  memories: TargetMemories,
): string {
  if (reading.kind === 'agentos') return statusDocumentText({...reading.document, fixes: []});
  const {document} = reading;
  const targets = document.targets.map(target => ({
    ...target,
    fixes: keptFixes(target, memories.get(String(target.name))),
    ledger: {},
    last_incident: null,
  }));
  return statusDocumentText({...document, fixes: targets[0]?.fixes ?? [], targets});
}

function keptFixes(
  {fixes}: Readonly<Record<string, unknown>>,
  memory: TargetMemory | undefined,
): readonly unknown[] {
  const kept = new Set((memory ? withoutHistory(memory).fixes : []).map(({at}) => isoTime(at)));
  return Array.isArray(fixes)
    ? fixes.filter((fix: unknown) => isRecord(fix) && kept.has(String(fix.timestamp)))
    : [];
}

function statusDocumentText(document: object): string {
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
