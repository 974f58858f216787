import {join} from 'node:path';
import {readIfThere, writeAtomically} from '../files/atomic-file.ts';
import {makeDirectory} from '../files/directory.ts';

/** What a monitor says of itself beside its pid file, so that a left-over file whose pid was reused, in this boot or after another one, is recognised. */
export interface MonitorCard extends CardText {
  readonly pid: number;
  /** Its kernel start time with the boot that this counts from; missing only where the platform does not tell. */
  readonly startKey?: string;
}

export interface CardText {
  /** The names of what it watches. */
  readonly targets: readonly string[];
  /** What it was asked to watch, and how, in one short text: the same for the same words. */
  readonly asked?: string;
  readonly version?: string;
  /** How long an orderly end of it may take, in ms. */
  readonly endMs?: number;
}

/** The private directory of a monitor below its state directory; made where it is missing. */
export function runDir(stateDir: string): string {
  const path = join(stateDir, 'run');
  makeDirectory(path, 0o700);
  return path;
}

export function cardPath(stateDir: string, pid: number): string {
  return join(stateDir, 'run', `monitor.${pid}.json`);
}

export function writeCard(stateDir: string, card: MonitorCard): void {
  writeAtomically(cardPath(stateDir, card.pid), JSON.stringify(card));
}

/** Undefined when there is none, or one that was cut short. */
export function readCard(stateDir: string, pid: number): MonitorCard | undefined {
  const text = readIfThere(cardPath(stateDir, pid));
  if (text === undefined) return undefined;
  try {
    const card: unknown = JSON.parse(text);
    if (typeof card !== 'object' || card === null || !('pid' in card) || card.pid !== pid)
      return undefined;
    const {startKey, targets, asked, version, endMs} = card as Record<string, unknown>;
    return {
      pid,
      ...(typeof startKey === 'string' ? {startKey} : {}),
      targets: Array.isArray(targets) ? targets.filter(name => typeof name === 'string') : [],
      ...(typeof asked === 'string' ? {asked} : {}),
      ...(typeof version === 'string' ? {version} : {}),
      ...(typeof endMs === 'number' ? {endMs} : {}),
    };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
