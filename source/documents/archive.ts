import {withoutHistory} from '../core/history-reset.ts';
import type {TargetMemory} from '../core/model/memory.ts';
import {isRecord, parseJson} from '../format/json.ts';
import {memoriesText, type TargetMemories} from './memory.ts';
import {fileTime, isoTime} from '../format/time.ts';

/** What an archive of the history holds: `run/memory.json` as it was, so that it can be put back, and when that was. */
export function archiveText(memories: TargetMemories, at: number): string {
  return memoriesText(memories, {archived: isoTime(at)});
}

/** `fixes-20260127-103045.json.gz`, in local time. */
export function archiveName(at: number): string {
  return `fixes-${fileTime(at)}.json.gz`;
}

export interface Counts {
  readonly fixes: number;
  readonly incidents: number;
}

export function countsOf(memories: TargetMemories): Counts {
  const sum = (count: (memory: TargetMemory) => number) =>
    [...memories.values()].reduce((total, memory) => total + count(memory), 0);
  return {fixes: sum(({fixes}) => fixes.length), incidents: sum(({incidents}) => incidents.length)};
}

/** Whether there is anything that a reset would take away. */
export function hasHistory(memories: TargetMemories): boolean {
  return [...memories.values()].some(
    memory =>
      memory.fixes.length > withoutHistory(memory).fixes.length ||
      memory.incidents.length > 0 ||
      Object.keys(memory.ledger).length > 0,
  );
}

/** The status file of a monitor that does not run, without the history; AgentOS's own file, which has no targets, too. What is no such file stays as it is. */
export function statusWithoutHistory(text: string, memories: TargetMemories): string {
  const document = parseJson(text);
  if (!isRecord(document)) return text;
  const targets = Array.isArray(document.targets)
    ? document.targets.map((target: unknown) =>
        isRecord(target)
          ? {...emptied(target, memories.get(String(target.name))), ledger: {}, last_incident: null}
          : target,
      )
    : undefined;
  const first = targets?.[0] as {readonly fixes?: unknown} | undefined;
  return `${JSON.stringify({...document, fixes: first?.fixes ?? [], ...(targets ? {targets} : {})}, undefined, 2)}\n`;
}

function emptied(
  target: Readonly<Record<string, unknown>>,
  memory: TargetMemory | undefined,
): Readonly<Record<string, unknown>> {
  const kept = new Set((memory ? withoutHistory(memory).fixes : []).map(({at}) => isoTime(at)));
  return {
    ...target,
    fixes: Array.isArray(target.fixes)
      ? target.fixes.filter((fix: unknown) => isRecord(fix) && kept.has(String(fix.timestamp)))
      : [],
  };
}
