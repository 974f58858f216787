import {rmSync} from 'node:fs';
import {join} from 'node:path';
import {
  childRecordText,
  readChildRecord,
  type RecordedChild,
} from '../../documents/child-record.ts';
import {writeAtomically} from '../files/atomic-file.ts';
import {readIfThere} from '../files/bounded-file.ts';
import {entriesIn, subdirectories} from '../files/directory.ts';
import {FileError} from '../files/file-error.ts';
import {endGroup} from '../process/group.ts';
import {distrustNaming} from '../process/named-by-file.ts';
import {isThisBoot} from '../process/processes.ts';
import {stopProcess, type SignalResult} from '../process/terminate.ts';

/** Grandchildren of a child that died by itself get little time to end. */
export const ORPHANS_MS = 500;

/** Ends a child that outlived an earlier monitor, by its record; undefined without one. `not-ours`: nothing proves that agent2 wrote the record. */
export async function endLeftover(
  recordFile: string,
  stopTimeoutMs: number,
): Promise<SignalResult | undefined> {
  const recorded = recallChild(recordFile);
  if (!recorded) return undefined;
  if (!recorded.ours) {
    forgetChild(recordFile);
    return undefined;
  }
  const {identity} = recorded;
  const distrust = distrustNaming(recordFile, identity.pid);
  if (distrust !== undefined) return {kind: 'not-ours', text: distrust};
  // The record names a child of agent2 that led its own group: another process with its pid stays untouched.
  const result = await stopProcess(identity, {stopTimeoutMs, group: true});
  // Its own children may have outlived it. The number of a group means nothing after a reboot.
  if (isThisBoot(identity)) await endGroup(identity, ORPHANS_MS);
  forgetChild(recordFile);
  return result;
}

/** The record of the child whose output goes to `logFile`. */
export function recordOf(logFile: string): string {
  return `${logFile}.pid.json`;
}

/** The records in the folders below `directory`, one folder a target. None where it is missing or unreadable. */
export function recordsBelow(directory: string): readonly string[] {
  return subdirectories(directory).flatMap(folder =>
    entriesIn(folder)
      .filter(entry => entry.isFile() && entry.name.endsWith(recordOf('.log')))
      .map(entry => join(folder, entry.name)),
  );
}

/** Records a running child in a small file, to recognise it after a crash of agent2. Throws errors of the file system. */
export function rememberChild(path: string, child: RecordedChild): void {
  writeAtomically(path, childRecordText(child));
}

export function forgetChild(path: string): void {
  rmSync(path, {force: true});
}

/** The recorded child; undefined without a record, or for a truncated or foreign one, or where something else has its name. */
export function recallChild(path: string): RecordedChild | undefined {
  try {
    const text = readIfThere(path);
    return text === undefined ? undefined : readChildRecord(text);
  } catch (error) {
    // Recording the next child tells that it cannot be written.
    if (error instanceof FileError) return undefined;
    throw error;
  }
}
