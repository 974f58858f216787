import {table} from '../markdown.mjs';
import {mayImport, rooms} from '../rooms.mjs';

/** What each folder holds and may import. A folder that is like another one is said to be. */
export async function print() {
  return table(
    ['room', 'holds', 'may import'],
    Object.entries(rooms).map(([folder, {holds, like}]) => [
      `\`${folder}\``,
      holds,
      like === undefined ? list(mayImport(folder)) : `as \`${like}\``,
    ]),
  );
}

function list(names) {
  return names.length === 0 ? 'nothing else' : names.join(', ');
}
