import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {root} from './rooms.mjs';

/** The files that give a key a meaning. */
const FOLDERS = ['source/ui/screens', 'source/ui/keys', 'source/commands/demo'];
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** The key for a new screen: the first letter of its name that is no key yet, else the first of the alphabet, small before capital. */
export function freeKey(name) {
  const claimed = claimedKeys();
  const candidates = [...name.replace(/[^a-z]/g, ''), ...LETTERS, ...LETTERS.toUpperCase()];
  const free = candidates.find(letter => !claimed.has(letter));
  if (free === undefined) throw new Error('every letter is a key already');
  return free;
}

/** `keys: ['j', 'down']`, and `key: 'c'` of a fault of the demo. */
function claimedKeys() {
  const code = FOLDERS.flatMap(filesIn).map(path => readFileSync(path, 'utf8'));
  return new Set(
    code.flatMap(text =>
      [...text.matchAll(/\bkeys?: (\[[^\]]*\]|'[^']*')/g)].flatMap(([, keys]) =>
        [...keys.matchAll(/'([^']+)'/g)].map(([, key]) => key),
      ),
    ),
  );
}

function filesIn(folder) {
  return readdirSync(join(root, folder), {recursive: true})
    .filter(path => /\.tsx?$/.test(path))
    .map(path => join(root, folder, path));
}
