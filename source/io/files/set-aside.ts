import {linkSync, renameSync, rmSync} from 'node:fs';

/** Both throw errors of the file system and replace a file of the other name. */

/** Renames a file. */
export function moveAside(path: string, aside: string): void {
  renameSync(path, aside);
}

/** Gives a file a second name before another file replaces it: works on a full disk too, where a copy would fail. */
export function keepAside(path: string, aside: string): void {
  rmSync(aside, {force: true});
  linkSync(path, aside);
}
