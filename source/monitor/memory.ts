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
import {MOST_OF_ALL_TARGETS, readIfThere} from '../io/files/bounded-file.ts';
import {keepAside, moveAside} from '../io/files/set-aside.ts';
import {faultOfFile} from '../io/files/file-error.ts';

/** The file of the memory. It is private to agent2. */
export function memoryPath(stateDir: string): string {
  return join(stateDir, 'run', 'memory.json');
}

/** The memories of targets from an earlier run, and of targets that left the config in this one. */
export interface Memories {
  of(target: string): TargetMemory | undefined;
  /** Keeps the memory of all targets, so that one that leaves the config and comes back has its fixes and budget. */
  keep(state: State): void;
  /** Lines about what could not be used, and where it is kept. */
  readonly notes: readonly Text[];
}

export function openMemories(
  stateDir: string,
  statusPath: string,
  names: readonly string[],
  now: number,
): Memories {
  const loaded = loadMemories(stateDir, statusPath, names, now);
  const memories = new Map(loaded.memories);
  return {
    notes: loaded.notes,
    of: target => memories.get(target),
    keep(state) {
      for (const target of targetsOf(state)) memories.set(target.settings.name, memoryOf(target));
    },
  };
}

/** The memory of each target; without a usable file, its fixes from the status file, which may be AgentOS's own. */
export interface LoadedMemories {
  readonly memories: TargetMemories;
  /** Lines about what could not be used, and where it is kept. */
  readonly notes: readonly Text[];
}

/** Loads the memories, and moves an unusable file aside before it is overwritten. Call it only while holding the lock. */
export function loadMemories(
  stateDir: string,
  statusPath: string,
  names: readonly string[],
  now: number,
): LoadedMemories {
  const reading = readingIn(stateDir);
  const memories = usable(reading, statusPath, names);
  return {memories, notes: reading ? keepUnusable(memoryPath(stateDir), reading, now) : []};
}

/** Reads the memories and changes no file. Throws a `UsageError` when a later version wrote them. */
export function readMemories(
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

function keepUnusable(
  path: string,
  reading: Reading<MemoryDocument>,
  now: number,
): readonly Text[] {
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
    return [message`${path} cannot be used, and cannot be moved away: ${faultOfFile(path, error)}`];
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
    return readIfThere(path, MOST_OF_ALL_TARGETS);
  } catch (error) {
    throw new UsageError(
      message`${path} cannot be read (${faultOfFile(path, error)}); correct it or choose another place: --state-dir DIR`,
      EXIT.failed,
    );
  }
}
