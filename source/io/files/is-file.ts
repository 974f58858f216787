import {statSync} from 'node:fs';

/** Whether something that can be read like a file is there. */
export function isFile(path: string): boolean {
  const found = statSync(path, {throwIfNoEntry: false});
  return found !== undefined && !found.isDirectory();
}
