import {rmSync} from 'node:fs';
import {entriesIn, statsAt} from '../files/directory.ts';
import {join} from 'node:path';
import {writerOf} from '../files/atomic-file.ts';
import {errorCode} from '../error-code.ts';
import {readCard} from './card.ts';
import {isProcessPresent, sameProcess} from '../process/processes.ts';

/** Writing and renaming a file takes far less than this. */
const WRITING_MS = 60_000;

/** Removes leftovers of killed monitors from a state directory: their cards and unfinished files. Only for the holder of the lock. */
export function removeLeftovers(stateDir: string): void {
  for (const {path, name, pid} of files(join(stateDir, 'run'))) {
    if (name === `monitor.${pid}.json` && pid !== process.pid && !writesStill(stateDir, pid))
      rmSync(path, {force: true});
  }
  for (const folder of [stateDir, join(stateDir, 'run'), ...folders(join(stateDir, 'targets'))])
    removeUnfinished(folder);
}

/** Removes unfinished files of killed processes from a folder. */
export function removeUnfinished(folder: string): void {
  for (const {path, name, pid} of files(folder)) {
    if (!name.endsWith('.json') && isAbandoned(path, pid)) rmSync(path, {force: true});
  }
}

/** The process that wrote this card: a process that waits for the lock has a card too. */
function writesStill(stateDir: string, pid: number): boolean {
  try {
    const startKey = readCard(stateDir, pid)?.startKey;
    return startKey !== undefined && sameProcess({pid, startKey}) !== undefined;
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    // It may be another user's: this one cannot tell.
    return true;
  }
}

function isAbandoned(path: string, pid: number): boolean {
  if (!isProcessPresent(pid)) return true;
  const stats = statsAt(path);
  return stats !== undefined && Date.now() - stats.mtimeMs > WRITING_MS;
}

/** The files of a folder with a pid in their name. */
function files(
  folder: string,
): ReadonlyArray<{readonly path: string; readonly name: string; readonly pid: number}> {
  return entriesIn(folder).flatMap(entry => {
    const pid = writerOf(entry.name) ?? cardOwner(entry.name);
    return entry.isFile() && pid !== undefined
      ? [{path: join(folder, entry.name), name: entry.name, pid}]
      : [];
  });
}

function cardOwner(name: string): number | undefined {
  const pid = /\.(\d{1,10})\.json$/.exec(name)?.[1];
  return pid === undefined ? undefined : Number(pid);
}

function folders(path: string): readonly string[] {
  return entriesIn(path)
    .filter(entry => entry.isDirectory())
    .map(entry => join(path, entry.name));
}
