import {version as by} from 'agent2:version';
import {emptyMemory, memoryOf} from '../core/memory.ts';
import type {TargetMemory} from '../core/model/memory.ts';
import type {State} from '../core/model/state.ts';
import {targetsOf} from '../core/targets.ts';
import {isRecord} from '../format/json.ts';
import {parseEndless} from './endless-json.ts';
import {memoryFields} from './model/memory.ts';
import {readVersioned, salvaged, type Format, type Reading} from './reading.ts';
import {anything, object, record} from './shape.ts';

export type TargetMemories = ReadonlyMap<string, TargetMemory>;

/** What was read of `run/memory.json`, which keeps the memory of every target across restarts of agent2. */
export interface MemoryDocument {
  readonly memories: TargetMemories;
  /** The damaged fields, which are lost: `.targets.web.incident.cause`. The rest of that target is kept. */
  readonly forgotten: readonly string[];
}

const FORMAT: Format<{readonly targets: Readonly<Record<string, unknown>>}> = {
  version: 2,
  // Version 1 did not name its agent2.
  lifts: [document => document],
  shape: object({targets: record(anything)}),
};

export function memoryText(state: State): string {
  return memoriesText(memoriesOf(state));
}

export function memoriesOf(state: State): TargetMemories {
  return new Map(targetsOf(state).map(target => [target.settings.name, memoryOf(target)]));
}

/** The text of such a file; `more` are further keys beside the targets. */
export function memoriesText(
  memories: TargetMemories,
  more: Readonly<Record<string, unknown>> = {},
): string {
  return `${JSON.stringify({version: FORMAT.version, by, ...more, targets: Object.fromEntries(memories)})}\n`;
}

export function readMemory(text: string): Reading<MemoryDocument> {
  const document = readVersioned(parseEndless(text), FORMAT);
  if (document.kind !== 'read') return document;
  const memories = new Map<string, TargetMemory>();
  const forgotten: string[] = [];
  for (const [name, memory] of Object.entries(document.value.targets)) {
    // A damaged field must not cost the others, which include the limits of repairs.
    const {value, lost} = salvaged(memory, memoryFields, emptyMemory);
    if (isRecord(memory)) memories.set(name, value);
    forgotten.push(...lost.map(path => `.targets.${name}${path}`));
  }
  return {kind: 'read', value: {memories, forgotten}};
}
