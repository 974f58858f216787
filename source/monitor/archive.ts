import type {Text} from '../core/model/text.ts';
import {basename, join} from 'node:path';
import {EXIT, UsageError} from '../contracts/command.ts';
import {withoutHistory} from '../core/history-reset.ts';
import {message, joined} from '../core/text/message.ts';
import {
  archiveName,
  archiveText,
  countsOf,
  hasHistory,
  statusWithoutHistory,
} from '../documents/archive.ts';
import {formatBytes} from '../format/bytes.ts';
import {memoriesOf, memoriesText, type TargetMemories} from '../documents/memory.ts';
import {readStatus, type StatusReading} from '../documents/monitor-status.ts';
import {sanitize} from '../format/sanitize.ts';
import {writeArchive} from '../io/files/archive-file.ts';
import {writeAtomically} from '../io/files/atomic-file.ts';
import {MOST_OF_ALL_TARGETS, readIfThere} from '../io/files/bounded-file.ts';
import {takeLock} from '../io/state-dir/lock.ts';
import type {RunningMonitor} from '../runtime/monitor.ts';
import {memoryPath, loadMemories, readMemories} from './memory.ts';

const ARCHIVE_DIR = 'archive';

/** Archives the history of a running monitor, and says so in one line. No event comes between the backup and the reset. Throws errors of the file system. */
export function archiveRunning(stateDir: string, monitor: RunningMonitor): Text {
  const memories = memoriesOf(monitor.getSnapshot());
  if (!hasHistory(memories)) return nothingText();
  const {text, path} = backUp(stateDir, memories, monitor.now());
  monitor.dispatch({
    type: 'history-reset',
    at: monitor.now(),
    archive: join(ARCHIVE_DIR, basename(path)),
  });
  return text;
}

/** Archives the history of a stopped monitor, and holds the lock meanwhile. Throws a `UsageError` when a monitor runs. */
export function archiveStopped(stateDir: string, now: number): Text {
  const lock = takeLock(stateDir, []);
  if (lock.kind === 'held')
    throw new UsageError(
      message`another agent2, pid ${lock.by.pid}, has started in the meantime; try again`,
      EXIT.failed,
    );
  try {
    const memories = memoriesIn(stateDir);
    if (!hasHistory(memories)) return nothingText();
    // Moves a damaged memory away first, since the backup would not contain it.
    const {notes} = loadMemories(stateDir, statusPath(stateDir), [], now);
    const {text} = backUp(stateDir, memories, now);
    const status = statusIn(stateDir);
    if (status.kind !== 'damaged')
      writeAtomically(statusPath(stateDir), statusWithoutHistory(status, memories));
    if (readIfThere(memoryPath(stateDir), MOST_OF_ALL_TARGETS) !== undefined)
      writeAtomically(
        memoryPath(stateDir),
        memoriesText(
          new Map([...memories].map(([name, memory]) => [name, withoutHistory(memory)])),
        ),
      );
    return joined([text, ...notes], message`; `);
  } finally {
    lock.release();
  }
}

/** Describes what an archive would do. */
export function archivePreview(stateDir: string): Text {
  const memories = memoriesIn(stateDir);
  return !hasHistory(memories)
    ? nothingText()
    : message`${countsText(memories)} would be written to ${ARCHIVE_DIR}/fixes-….json.gz, and the history would start empty`;
}

function memoriesIn(stateDir: string): TargetMemories {
  return readMemories(stateDir, statusPath(stateDir), namesIn(statusIn(stateDir)));
}

function namesIn(status: StatusReading): readonly string[] {
  if (status.kind === 'read') return status.status.targets.map(({name}) => name);
  return status.kind === 'agentos' ? ['webui'] : [];
}

function statusIn(stateDir: string): StatusReading {
  return readStatus(readIfThere(statusPath(stateDir), MOST_OF_ALL_TARGETS) ?? '');
}

function statusPath(stateDir: string): string {
  return join(stateDir, 'agent2_status.json');
}

function nothingText(): Text {
  return message`there is no history to archive`;
}

function countsText(memories: TargetMemories): Text {
  const {fixes, incidents} = countsOf(memories);
  const stays = [...memories.values()].some(({incident}) => incident !== undefined);
  return stays
    ? message`the history (fixes: ${fixes}, incidents: ${incidents}; open incidents stay)`
    : message`the history (fixes: ${fixes}, incidents: ${incidents})`;
}

function backUp(
  stateDir: string,
  memories: TargetMemories,
  at: number,
): {readonly text: Text; readonly path: string} {
  const {path, bytes} = writeArchive(
    join(stateDir, ARCHIVE_DIR),
    archiveName(at),
    archiveText(memories, at),
  );
  return {
    path,
    text: message`${countsText(memories)} was archived in ${sanitize(path)} (${formatBytes(bytes)}) and starts empty`,
  };
}
