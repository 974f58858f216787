import {accessSync, constants, readdirSync, rmSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {pointerName, pointerText, readPointer} from '../../documents/pointer.ts';
import {readIfThere, writeAtomically} from '../files/atomic-file.ts';
import {makeDirectory} from '../files/directory.ts';
import {errorCode} from '../error-code.ts';
import {removeUnfinished} from './leftover-files.ts';
import {holderOf} from './lock.ts';

/**
 * Below the directory that has the usual state directories in it, for a state directory that is none of them: a small file that holds its path, so that
 * commands find the monitor there. It stays when the monitor ends, as a usual directory does, for what it said last is still of use.
 */
export const ELSEWHERE = '.elsewhere';

/** The state directories elsewhere that are there, and where a monitor was; without those in `besides`, whatever way a path goes to them. */
export function placesElsewhere(usual: string, besides: readonly string[]): readonly string[] {
  const places = pointersIn(usual).flatMap(({stateDir}) => stateDir ?? []);
  if (places.length === 0) return [];
  const known = new Set(besides.map(placeId));
  return places.sort().filter(place => {
    const id = placeId(place);
    if (id === undefined || known.has(id)) return false;
    known.add(id);
    return wasMonitorIn(place) === true;
  });
}

export function hasPointer(usual: string, stateDir: string): boolean {
  return placeId(pointerPath(usual, stateDir)) !== undefined;
}

/** Throws what the file system says. */
export function leavePointer(usual: string, stateDir: string): void {
  makeDirectory(join(usual, ELSEWHERE), 0o755, {withParents: true});
  writeAtomically(pointerPath(usual, stateDir), pointerText(stateDir));
}

const MOST_ENDED = 8;

/** Removes those that lead nowhere, and of those to a monitor that ended all but the last ones. One that a monitor takes up in this very moment, it leaves anew. Throws what the file system says. */
export function tidyPointers(usual: string): void {
  removeUnfinished(join(usual, ELSEWHERE));
  const pointers = pointersIn(usual).map(pointer => ({
    ...pointer,
    ...(pointer.stateDir === undefined ? {keep: false} : worthOf(pointer.stateDir)),
  }));
  const ended = pointers
    .filter(({keep}) => keep === undefined)
    .sort((a, b) => (b.saidAt ?? 0) - (a.saidAt ?? 0));
  for (const {path} of [...pointers.filter(({keep}) => keep === false), ...ended.slice(MOST_ENDED)])
    rmSync(path, {force: true});
}

/** Whether a pointer there is to be kept; neither where a monitor ended, which said its last word at `saidAt`. */
function worthOf(stateDir: string): {readonly keep?: boolean; readonly saidAt?: number} {
  // What is not ours to look into may well be there.
  const was = wasMonitorIn(stateDir);
  if (was === undefined || (was && holderOf(stateDir))) return {keep: true};
  const saidAt = was
    ? statSync(join(stateDir, 'agent2_status.json'), {throwIfNoEntry: false})?.mtimeMs
    : undefined;
  return saidAt === undefined ? {keep: false} : {saidAt};
}

/** Every lock makes `run`; undefined where that is not ours to look into. */
function wasMonitorIn(stateDir: string): boolean | undefined {
  try {
    accessSync(join(stateDir, 'run'), constants.R_OK | constants.X_OK);
    return true;
  } catch (error) {
    return ['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '') ? false : undefined;
  }
}

/** One directory may be reached by several paths. */
function placeId(path: string): string | undefined {
  try {
    const {dev, ino} = statSync(path);
    return `${dev} ${ino}`;
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return undefined;
  }
}

interface PointerFile {
  readonly path: string;
  /** Undefined where the text is not the one that belongs to the name. */
  readonly stateDir?: string;
}

function pointersIn(usual: string): PointerFile[] {
  const folder = join(usual, ELSEWHERE);
  return namesIn(folder).map(name => {
    const path = join(folder, name);
    const stateDir = readPointer(textOf(path) ?? '', name);
    return stateDir === undefined ? {path} : {path, stateDir};
  });
}

/** What may not be read, as one that root left, is none of ours. */
function textOf(path: string): string | undefined {
  try {
    return readIfThere(path);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return undefined;
  }
}

/** Foreign files are left alone. */
function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, {withFileTypes: true}).flatMap(entry =>
      entry.isFile() && /^[\da-f]{16}$/.test(entry.name) ? [entry.name] : [],
    );
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EACCES'].includes(errorCode(error) ?? '')) return [];
    throw error;
  }
}

function pointerPath(usual: string, stateDir: string): string {
  return join(usual, ELSEWHERE, pointerName(stateDir));
}
