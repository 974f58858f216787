import type {Text} from '../core/model/text.ts';
import {join} from 'node:path';
import {EXIT, UsageError} from '../contracts/command.ts';
import {emptyMemory, memoryOf} from '../core/memory.ts';
import {targetsOf} from '../core/targets.ts';
import type {TargetMemory} from '../core/model/memory.ts';
import type {State} from '../core/model/state.ts';
import {message} from '../core/text/message.ts';
import {
  readMemory,
  salvagedMemories,
  type MemoryDocument,
  type TargetMemories,
} from '../documents/memory.ts';
import {laterText} from '../documents/later-text.ts';
import type {Damaged, Later, Reading} from '../documents/reading.ts';
import {readStatus, type StatusReading} from '../documents/monitor-status.ts';
import {rememberedFixes} from '../documents/remembered-fixes.ts';
import {sanitize} from '../format/sanitize.ts';
import {fileTime} from '../format/time.ts';
import {MOST_OF_ALL_TARGETS, readIfThere} from '../io/files/bounded-file.ts';
import {keepAside, moveAside} from '../io/files/set-aside.ts';
import {faultOfFile, FileError} from '../io/files/file-error.ts';

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
  const found = findMemory(stateDir);
  const memories = usable(found, statusPath, names);
  return {memories, notes: keepUnusable(memoryPath(stateDir), found, now)};
}

/** Reads the memories and changes no file. Throws a `UsageError` when a later version wrote them, or the file cannot be read. */
export function readMemories(
  stateDir: string,
  statusPath: string,
  names: readonly string[],
): TargetMemories {
  const path = memoryPath(stateDir);
  const found = findMemory(stateDir);
  if (found.kind === 'unreadable')
    throw new UsageError(
      message`${path} cannot be read (${found.reason}); correct it or choose another place: --state-dir DIR`,
      EXIT.failed,
    );
  if (found.kind === 'file' && found.reading.kind === 'later')
    throw new UsageError(
      message`${path} ${laterText(found.reading)}; use that version`,
      EXIT.failed,
    );
  return usable(found, statusPath, names);
}

type FoundMemory =
  | {readonly kind: 'none'}
  /** What lies there is no file that can be read. `reason` is a clause about it. */
  | {readonly kind: 'unreadable'; readonly reason: Text}
  | {readonly kind: 'file'; readonly text: string; readonly reading: Reading<MemoryDocument>};

function findMemory(stateDir: string): FoundMemory {
  const path = memoryPath(stateDir);
  try {
    const text = readIfThere(path, MOST_OF_ALL_TARGETS);
    return text === undefined ? {kind: 'none'} : {kind: 'file', text, reading: readMemory(text)};
  } catch (error) {
    return {kind: 'unreadable', reason: faultOfFile(path, error)};
  }
}

function usable(found: FoundMemory, statusPath: string, names: readonly string[]): TargetMemories {
  if (found.kind === 'file' && found.reading.kind === 'read') return found.reading.value.memories;
  const status = statusAt(statusPath);
  const said = new Map(names.map(name => [name, saidOf(status, name)]));
  // Somebody may have removed it in order to begin anew.
  if (found.kind === 'none')
    return new Map([...said].map(([name, {fixes}]) => [name, {...emptyMemory, fixes}]));
  const salvaged = found.kind === 'file' ? salvagedMemories(found.text) : [];
  return new Map([
    ...[...said].map(([name, memory]) => [name, {...memory, spent: true}] as const),
    ...[...salvaged].map(([name, memory]) => [name, withSaid(memory, said.get(name))] as const),
  ]);
}

/** What the status file says of a target: its fixes, and that it was paused. */
function saidOf(status: StatusReading, name: string): TargetMemory {
  const paused =
    status.kind === 'read' &&
    status.status.targets.some(target => target.name === name && target.phase === 'paused');
  return {
    ...emptyMemory,
    fixes: rememberedFixes(status, name),
    ...(paused ? {paused: {}} : {}),
  };
}

function withSaid(memory: TargetMemory, said: TargetMemory = emptyMemory): TargetMemory {
  return {
    ...said,
    ...memory,
    fixes: memory.fixes.length > 0 ? memory.fixes : said.fixes,
  };
}

function statusAt(path: string): StatusReading {
  try {
    return readStatus(readIfThere(path, MOST_OF_ALL_TARGETS) ?? '');
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    // Writing it tells what lies there.
    return {kind: 'damaged', at: ''};
  }
}

function keepUnusable(path: string, found: FoundMemory, now: number): readonly Text[] {
  try {
    if (found.kind === 'none') return [];
    if (found.kind === 'unreadable') return [keptUnreadable(path, found.reason, now)];
    const {reading} = found;
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

const CAREFUL = message`what can be read of it or of the status file holds; a target whose past fixes are unknown starts with a spent heal budget`;

const SHOWN = 3;

function keptInPart(path: string, {forgotten}: MemoryDocument): Text {
  const aside = asideOf(path, 'damaged');
  keepAside(path, aside);
  const shown = forgotten.slice(0, SHOWN).map(at => sanitize(at.slice(1), 120));
  const places = [...shown, ...(forgotten.length > SHOWN ? ['…'] : [])].join(', ');
  return message`${path} is damaged at ${places}: only that part is lost; the damaged file is kept as ${aside}`;
}

/** Another name each time: a directory of that name would be in the way. */
function keptUnreadable(path: string, reason: Text, now: number): Text {
  const aside = asideOf(path, `unreadable.${fileTime(now)}`);
  moveAside(path, aside);
  return message`${path} cannot be read (${reason}) and was moved to ${aside}; ${CAREFUL}`;
}

function kept(path: string, {at}: Damaged): Text {
  const aside = asideOf(path, 'damaged');
  moveAside(path, aside);
  return at === ''
    ? message`${path} is damaged and was moved to ${aside}; ${CAREFUL}`
    : message`${path} is damaged at ${sanitize(at.slice(1), 120)} and was moved to ${aside}; ${CAREFUL}`;
}

function keptForLater(path: string, reading: Later, now: number): Text {
  const aside = asideOf(path, `v${reading.version}.${fileTime(now)}`);
  moveAside(path, aside);
  return message`${path} ${laterText(reading)} and was moved to ${aside}; ${CAREFUL}. To use it again, stop agent2, move the file back and start that version`;
}

function asideOf(path: string, mark: string): string {
  return path.replace(/\.json$/, `.${mark}.json`);
}
