import {accessSync, constants, rmSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {pointerName, pointerText, readPointer} from '../../documents/pointer.ts';
import {writeAtomically} from '../files/atomic-file.ts';
import {readIfThere} from '../files/bounded-file.ts';
import {entriesIn, makeDirectory, statsAt} from '../files/directory.ts';
import {mustTrustPath} from '../files/trusted-path.ts';
import {errorCode} from '../error-code.ts';
import {removeUnfinished} from './leftover-files.ts';
import {holderOf} from './lock.ts';

/**
 * The registry of unusual state directories, below the parent of the usual ones: a small file holds each path, so that
 * commands find the monitor there. It stays after the monitor's end, as a usual directory does, since its last status is still useful.
 */
export const REGISTRY = '.elsewhere';

/** The registered state directories that exist and had a monitor; without those in `besides`, by whatever path. */
export function registeredPlaces(usual: string, besides: readonly string[]): readonly string[] {
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

/** Returns a cheap check whether that directory is registered. */
export function registrationCheck(usual: string, stateDir: string): () => boolean {
  const path = pointerPath(usual, stateDir);
  return () => placeId(path) !== undefined;
}

/** Throws errors of the file system. */
export function registerPlace(usual: string, stateDir: string): void {
  mustTrustPath(join(usual, REGISTRY));
  makeDirectory(join(usual, REGISTRY), 0o755, {withParents: true});
  writeAtomically(pointerPath(usual, stateDir), pointerText(stateDir));
}

const MOST_ENDED = 8;

/** Removes dead entries, and all but the latest of ended monitors. A monitor that starts at this moment registers again. Throws errors of the file system. */
export function tidyRegistry(usual: string): void {
  removeUnfinished(join(usual, REGISTRY));
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

/** Whether to keep an entry; neither for an ended monitor, whose last status is from `saidAt`. */
function worthOf(stateDir: string): {readonly keep?: boolean; readonly saidAt?: number} {
  // An inaccessible directory may well exist.
  const was = wasMonitorIn(stateDir);
  if (was === undefined || (was && holderOf(stateDir))) return {keep: true};
  const saidAt = was ? statsAt(join(stateDir, 'agent2_status.json'))?.mtimeMs : undefined;
  return saidAt === undefined ? {keep: false} : {saidAt};
}

/** Every lock makes `run`; undefined where that is inaccessible. */
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
  /** Undefined where the text does not match the name. */
  readonly stateDir?: string;
}

function pointersIn(usual: string): PointerFile[] {
  const folder = join(usual, REGISTRY);
  return namesIn(folder).map(name => {
    const path = join(folder, name);
    const stateDir = readPointer(textOf(path) ?? '', name);
    return stateDir === undefined ? {path} : {path, stateDir};
  });
}

/** Ignores an unreadable entry, such as root's. */
function textOf(path: string): string | undefined {
  try {
    return readIfThere(path);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return undefined;
  }
}

/** Ignores foreign files. */
function namesIn(folder: string): readonly string[] {
  return entriesIn(folder).flatMap(entry =>
    entry.isFile() && /^[\da-f]{16}$/.test(entry.name) ? [entry.name] : [],
  );
}

function pointerPath(usual: string, stateDir: string): string {
  return join(usual, REGISTRY, pointerName(stateDir));
}
