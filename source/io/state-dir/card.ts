import {join} from 'node:path';
import {monitorCardText, readMonitorCard, type MonitorCard} from '../../documents/monitor-card.ts';
import {errorCode} from '../error-code.ts';
import {writeAtomically} from '../files/atomic-file.ts';
import {readIfThere} from '../files/bounded-file.ts';
import {makeDirectory} from '../files/directory.ts';

/** The private directory of a monitor below its state directory; made if missing. */
export function runDir(stateDir: string): string {
  const path = join(stateDir, 'run');
  makeDirectory(path, 0o700);
  return path;
}

export function cardPath(stateDir: string, pid: number): string {
  return join(stateDir, 'run', `monitor.${pid}.json`);
}

export function writeCard(stateDir: string, card: MonitorCard): void {
  writeAtomically(cardPath(stateDir, card.pid), monitorCardText(card));
}

/** Undefined without a card, for a truncated one, and for what no monitor can have written. Throws a `FileError` for one that may not be read. */
export function readCard(stateDir: string, pid: number): MonitorCard | undefined {
  try {
    const text = readIfThere(cardPath(stateDir, pid));
    return text === undefined ? undefined : readMonitorCard(text, pid);
  } catch (error) {
    if (['EISDIR', 'ELOOP', 'ENXIO', 'EFBIG'].includes(errorCode(error) ?? '')) return undefined;
    throw error;
  }
}
