import {createHash} from 'node:crypto';
import {chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {writeAtomically} from './atomic-file.ts';
import {errorCode} from '../error-code.ts';

/** A file among those of others, with a mark by which it is known to be ours, and as we wrote it. */
const MARK = 'agent2-service-file:';

export type FoundFile =
  | {readonly kind: 'none'}
  /** As we wrote it, or changed by hand since. */
  | {readonly kind: 'ours' | 'edited'; readonly text: string}
  /** `text` where it is a file that can be shown. */
  | {readonly kind: 'foreign'; readonly text?: string};

/** The text that `make` gives with the mark for it. */
export function marked(make: (mark: string) => string): string {
  return make(`${MARK} ${hashOf(make(MARK))}`);
}

/** Throws what the file system says, but that nothing is there. */
export function findMarked(path: string): FoundFile {
  const found = lstatSync(path, {throwIfNoEntry: false});
  if (!found) return {kind: 'none'};
  // A link, like that of a masked unit, is somebody's decision.
  if (!found.isFile() || found.size > MOST_BYTES) return {kind: 'foreign'};
  const text = readFileSync(path, 'utf8');
  const [whole, hash] = /agent2-service-file: ([0-9a-f]{16})/.exec(text) ?? [];
  if (whole === undefined) return {kind: 'foreign', text};
  return {kind: hashOf(text.replace(whole, MARK)) === hash ? 'ours' : 'edited', text};
}

const MOST_BYTES = 262_144;

/** Makes the directories too. Throws what the file system says; then the old file is as it was. */
export function putFile(path: string, text: string): void {
  mkdirSync(dirname(path), {recursive: true, mode: 0o755});
  writeAtomically(path, text);
  // Others have to read it, whatever our umask; nobody but its owner writes it.
  chmodSync(path, 0o644);
}

export function dropFile(path: string): void {
  rmSync(path);
}

/** Our own files in a directory, by name. */
export function markedIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory).filter(name =>
      ['ours', 'edited'].includes(findMarked(join(directory, name)).kind),
    );
  } catch (error) {
    if (['ENOENT', 'EACCES', 'ENOTDIR'].includes(errorCode(error) ?? '')) return [];
    throw error;
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
