import {createHash} from 'node:crypto';
import {chmodSync, lstatSync, mkdirSync, rmSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {writeAtomically} from './atomic-file.ts';
import {readBounded, readIfThere} from './bounded-file.ts';
import {entriesIn} from './directory.ts';

/** A file of agent2 among files of others, recognised by a mark that also shows changes. */
const MARK = 'agent2-service-file:';

export type FoundFile =
  | {readonly kind: 'none'}
  /** Unchanged, or edited since agent2 wrote it. */
  | {readonly kind: 'ours' | 'edited'; readonly text: string}
  /** `text` where the file can be shown. */
  | {readonly kind: 'foreign'; readonly text?: string};

/** Adds the mark to the text of `make`. */
export function marked(make: (mark: string) => string): string {
  return make(`${MARK} ${hashOf(make(MARK))}`);
}

/** Throws errors of the file system, except for a missing file. */
export function findMarked(path: string): FoundFile {
  const found = lstatSync(path, {throwIfNoEntry: false});
  if (!found) return {kind: 'none'};
  // A link, like that of a masked unit, is a person's decision.
  if (!found.isFile() || found.size > MOST_BYTES) return {kind: 'foreign'};
  const text = readIfThere(path, MOST_BYTES);
  if (text === undefined) return {kind: 'none'};
  const [whole, hash] = /agent2-service-file: ([0-9a-f]{16})/.exec(text) ?? [];
  if (whole === undefined) return {kind: 'foreign', text};
  return {kind: hashOf(text.replace(whole, MARK)) === hash ? 'ours' : 'edited', text};
}

const MOST_BYTES = 262_144;

/** Writes the file and its directories. Throws errors of the file system; the old file then stays. */
export function putFile(path: string, text: string): void {
  mkdirSync(dirname(path), {recursive: true, mode: 0o755});
  writeAtomically(path, text);
  // Others must read it, whatever the umask; only its owner writes it.
  chmodSync(path, 0o644);
}

/** Writes a file that only its owner may read, and its directories. Returns whether it held something else before. Throws as `putFile` does. */
export function putSecretFile(path: string, text: string): boolean {
  const before = readBounded(path, MOST_BYTES);
  mkdirSync(dirname(path), {recursive: true, mode: 0o755});
  writeAtomically(path, text, 0o600);
  chmodSync(path, 0o600);
  return before.kind === 'bytes' && before.bytes.toString('utf8') !== text;
}

export function dropFile(path: string): void {
  rmSync(path);
}

/** agent2's own files in a directory, by name. */
export function markedIn(directory: string): readonly string[] {
  return entriesIn(directory)
    .map(({name}) => name)
    .filter(name => ['ours', 'edited'].includes(findMarked(join(directory, name)).kind));
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
