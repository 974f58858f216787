import type {Text} from '../core/model/text.ts';
import {join} from 'node:path';
import {EXIT, UsageError} from '../contracts/command.ts';
import {emptyMemory, memoryOf} from '../core/memory.ts';
import {targetsOf} from '../core/targets.ts';
import type {TargetMemory} from '../core/model/memory.ts';
import type {State} from '../core/model/state.ts';
import {message} from '../core/text/message.ts';
import {readMemory, type MemoryDocument, type TargetMemories} from '../documents/memory.ts';
import {laterText} from '../documents/later-text.ts';
import type {Damaged, Later, Reading} from '../documents/reading.ts';
import {readStatus} from '../documents/monitor-status.ts';
import {rememberedFixes} from '../documents/remembered-fixes.ts';
import {sanitize} from '../format/sanitize.ts';
import {fileTime} from '../format/time.ts';
import {readIfThere} from '../io/files/atomic-file.ts';
import {keepAside, moveAside} from '../io/files/set-aside.ts';
import {errorText} from '../io/error-code.ts';

/** Private to agent2, beside the lock. */
export function memoryPath(stateDir: string): string {
  return join(stateDir, 'run', 'memory.json');
}

/** What is known of targets from before: from an earlier run, and of those that left the config. */
export interface Memories {
  of(target: string): TargetMemory | undefined;
  /** A target that leaves and comes back is still the one with these fixes and that budget. */
  keep(state: State): void;
  /** What could not be used of an earlier run, and where it is kept. */
  readonly notes: readonly Text[];
}

export function openMemories(
  stateDir: string,
  statusPath: string,
  names: readonly string[],
  now: number,
): Memories {
  const recalled = recall(stateDir, statusPath, names, now);
  const memories = new Map(recalled.memories);
  return {
    notes: recalled.notes,
    of: target => memories.get(target),
    keep(state) {
      for (const target of targetsOf(state)) memories.set(target.settings.name, memoryOf(target));
    },
  };
}

/** What an earlier run remembered of each target; without a memory that can be used, the fixes in the status file, which may be AgentOS's own. */
export interface Recalled {
  readonly memories: TargetMemories;
  /** What could not be used, and where it is kept. */
  readonly notes: readonly Text[];
}

/** For whoever holds the lock: what cannot be used is set aside before anything takes its place. */
export function recall(
  stateDir: string,
  statusPath: string,
  names: readonly string[],
  now: number,
): Recalled {
  const reading = readingIn(stateDir);
  const memories = usable(reading, statusPath, names);
  return {memories, notes: reading ? setAside(memoryPath(stateDir), reading, now) : []};
}

/** The same for somebody who only looks, or who would begin it anew. Throws a `UsageError` where a later version wrote it. */
export function remembered(
  stateDir: string,
  statusPath: string,
  names: readonly string[],
): TargetMemories {
  const reading = readingIn(stateDir);
  if (reading?.kind === 'later')
    throw new UsageError(
      message`${memoryPath(stateDir)} ${laterText(reading)}; use that version`,
      EXIT.failed,
    );
  return usable(reading, statusPath, names);
}

function readingIn(stateDir: string): Reading<MemoryDocument> | undefined {
  const text = read(memoryPath(stateDir));
  return text === undefined ? undefined : readMemory(text);
}

function usable(
  reading: Reading<MemoryDocument> | undefined,
  statusPath: string,
  names: readonly string[],
): TargetMemories {
  if (reading?.kind === 'read') return reading.value.memories;
  const status = readStatus(read(statusPath) ?? '');
  return new Map(names.map(name => [name, {...emptyMemory, fixes: rememberedFixes(status, name)}]));
}

function setAside(path: string, reading: Reading<MemoryDocument>, now: number): readonly Text[] {
  try {
    switch (reading.kind) {
      case 'read':
        return reading.value.forgotten.length === 0 ? [] : [keptInPart(path, reading.value)];
      case 'damaged':
        return [kept(path, reading)];
      case 'later':
        return [keptForLater(path, reading, now)];
    }
  } catch (error) {
    return [message`${path} cannot be used, and cannot be moved away: ${errorText(error)}`];
  }
}

const SHOWN = 3;

function keptInPart(path: string, {forgotten}: MemoryDocument): Text {
  const aside = asideOf(path, 'damaged');
  keepAside(path, aside);
  const shown = forgotten.slice(0, SHOWN).map(at => sanitize(at.slice(1), 120));
  const places = [...shown, ...(forgotten.length > SHOWN ? ['…'] : [])].join(', ');
  return message`${path} is damaged at ${places}: only that part is lost; the damaged file is kept as ${aside}`;
}

function kept(path: string, {at}: Damaged): Text {
  const aside = asideOf(path, 'damaged');
  moveAside(path, aside);
  return at === ''
    ? message`${path} is damaged and was moved to ${aside}; of the past only the fixes in the status file are known`
    : message`${path} is damaged at ${sanitize(at.slice(1), 120)} and was moved to ${aside}; of the past only the fixes in the status file are known`;
}

function keptForLater(path: string, reading: Later, now: number): Text {
  const aside = asideOf(path, `v${reading.version}.${fileTime(now)}`);
  moveAside(path, aside);
  return message`${path} ${laterText(reading)} and was moved to ${aside}; of the past only the fixes in the status file are known. To use it again, stop agent2, move the file back and start that version`;
}

function asideOf(path: string, mark: string): string {
  return path.replace(/\.json$/, `.${mark}.json`);
}

function read(path: string): string | undefined {
  try {
    return readIfThere(path);
  } catch (error) {
    throw new UsageError(
      message`${path} cannot be read (${errorText(error)}); correct it or choose another place: --state-dir DIR`,
      EXIT.failed,
    );
  }
}
