import {linkSync, renameSync, rmSync} from 'node:fs';

/** Both throw what the file system says; what lay there under the other name is replaced. */

/** Gives a file another name. */
export function moveAside(path: string, aside: string): void {
  renameSync(path, aside);
}

/** Keeps a file under another name too, for when something else takes its place: on a full disk as well, where a copy could not be made. */
export function keepAside(path: string, aside: string): void {
  rmSync(aside, {force: true});
  linkSync(path, aside);
}
