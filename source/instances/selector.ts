import {typed} from '../format/shell-words.ts';
import {namesOf, type WhichMonitor} from './places.ts';

/** What to type, after a command, for the first of several monitors to be meant: its name where that is enough for each of them, else its directory. */
export function tellingWords(stateDirs: readonly string[], which: WhichMonitor): string {
  const [first = '', ...others] = stateDirs;
  const names = stateDirs.map(namesOf);
  const tells = names.map((own, index) =>
    own.find(name => names.every((more, other) => other === index || !more.includes(name))),
  );
  const [name] = tells;
  // Who said a name already has to say more.
  if (
    others.length === 0 ||
    which.name !== undefined ||
    name === undefined ||
    tells.includes(undefined)
  )
    return `--state-dir ${typed([first])}`;
  return `--name ${typed([name])}`;
}
