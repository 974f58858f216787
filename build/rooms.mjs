/** The rooms of the house, from rooms.json: read by the walls (.dependency-cruiser.mjs) and by the table of docs/guide.md. */
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** By folder, where `*` is any one name: its content (`holds`), and the rooms that it `may` import besides its own, or the folder that it is `like`. */
export const rooms = JSON.parse(readFileSync(join(root, 'build/rooms.json'), 'utf8'));

/** The rooms that a folder of rooms.json may import. */
export function mayImport(folder) {
  const {may, like} = rooms[folder];
  return may ?? mayImport(like);
}

/** The entry of rooms.json for `folder`; undefined without one. */
export function roomOf(folder) {
  return Object.keys(rooms).find(name => patternOf(name).test(folder));
}

export function patternOf(folder) {
  return new RegExp(`^${folder.replaceAll('*', '[^/]+')}$`);
}

/** More files than this are several rooms without a name. */
export const MOST_FILES = 30;

/** The folders that ship with more than `MOST_FILES` files. */
export function crowded() {
  return foldersOf().filter(
    folder =>
      readdirSync(join(root, folder), {withFileTypes: true}).filter(entry => entry.isFile())
        .length > MOST_FILES,
  );
}

/** Every folder with a file in it, below the folders that ship. */
export function foldersOf(top = root) {
  const below = folder => {
    const entries = readdirSync(join(top, folder), {withFileTypes: true});
    return [
      ...(entries.some(entry => entry.isFile()) ? [folder] : []),
      ...entries
        .filter(entry => entry.isDirectory())
        .flatMap(({name}) => below(`${folder}/${name}`)),
    ];
  };
  return ['source', 'themes'].flatMap(below);
}
