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
import {wholePart} from './torn-json.ts';

export type TargetMemories = ReadonlyMap<string, TargetMemory>;

/** What was read of `run/memory.json`, which keeps the memory of every target across restarts of agent2. */
export interface MemoryDocument {
  readonly memories: TargetMemories;
  /** The damaged fields, which are lost: `.targets.web.incident.cause`. The rest of that target is kept, and a pause whose end is damaged. */
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
  return {kind: 'read', value: memoriesIn(document.value.targets)};
}

/**
 * What can be read of a file that `readMemory` refuses: one that is torn, or of a later version. Of a torn one the last target may lack
 * anything, so its budget counts as spent.
 */
export function salvagedMemories(text: string): TargetMemories {
  const whole = parseEndless(text);
  const document = whole ?? parseEndless(wholePart(text) ?? '');
  if (!isRecord(document) || !isRecord(document.targets)) return new Map();
  const {memories} = memoriesIn(document.targets);
  const last = [...memories].at(-1);
  return whole !== undefined || !last
    ? memories
    : new Map([...memories, [last[0], {...last[1], spent: true}]]);
}

function memoriesIn(targets: Readonly<Record<string, unknown>>): MemoryDocument {
  const memories = new Map<string, TargetMemory>();
  const forgotten: string[] = [];
  for (const [name, memory] of Object.entries(targets)) {
    // A damaged field must not cost the others, which include the limits of repairs.
    const {value, lost} = salvaged(memory, memoryFields, emptyMemory);
    memories.set(name, carefully(value, lost));
    forgotten.push(...lost.map(path => `.targets.${name}${path}`));
  }
  return {memories, forgotten};
}

/** What decides about restarts, where it cannot be read, is taken for what allows the fewest. */
const LIMITS = /^(?:\.(?:fixes|attempts|attemptTimes|waste|lastAttemptEndedAt|held|incident)\b|$)/;

function carefully(memory: TargetMemory, lost: readonly string[]): TargetMemory {
  return {
    ...memory,
    ...(lost.some(path => LIMITS.test(path)) ? {spent: true} : {}),
    ...(lost.some(path => path.startsWith('.paused')) ? {paused: {}} : {}),
  };
}
