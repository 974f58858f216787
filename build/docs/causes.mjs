import {importTypescript} from '../import-typescript.mjs';
import {table} from '../markdown.mjs';

const ACTIONS = {
  restart: 'restart',
  continue: 'SIGCONT; if that does not help, restart',
  hold: 'hold until it is gone',
  leave: 'warning; left as it is (`evenIfStopped: true` heals it)',
  once: 'one attempt, then hold until it is gone',
  tell: 'told; no restart',
  warn: 'warning',
};

/** Every cause, in order of precedence, with its faults. */
export async function print() {
  const {CAUSES, FAULTS} = await importTypescript('source/core/causes.ts', 'source/core/faults.ts');
  const faultsOf = cause =>
    Object.entries(FAULTS).flatMap(([kind, {cause: meant}]) => {
      if (meant === cause) return [`\`${kind}\``];
      if (meant.here === cause) return [`\`${kind}\` (this machine)`];
      return meant.elsewhere === cause ? [`\`${kind}\` (another machine)`] : [];
    });
  return table(
    ['cause', 'seen as', 'faults', 'action'],
    Object.entries(CAUSES).map(([cause, {signs, remedy}]) => [
      `\`${cause}\``,
      signs,
      faultsOf(cause).join(', '),
      ACTIONS[remedy],
    ]),
  );
}
