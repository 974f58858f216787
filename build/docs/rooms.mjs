import {table} from '../markdown.mjs';
import {mayImport, rooms} from '../rooms.mjs';

/** The content of each folder and its allowed imports. A folder may refer to another one that it is like. */
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
