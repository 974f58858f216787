import {readMemory, type TargetMemories} from '../../source/documents/memory.ts';

/** What a memory file remembers; undefined where it cannot be read. */
export function memoriesFrom(text: string): TargetMemories | undefined {
  const read = readMemory(text);
  return read.kind === 'read' ? read.value.memories : undefined;
}
