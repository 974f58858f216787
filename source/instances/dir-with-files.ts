import {EXIT, UsageError} from '../contracts/command.ts';
import {say} from '../core/text/say.ts';
import {sanitize} from '../format/sanitize.ts';
import {holderOf} from '../io/state-dir/lock.ts';
import {namedPlace, stateDirsOf, type WhichMonitor} from './places.ts';
import {tellingWords} from './selector.ts';

/**
 * The state directory that is meant, of a monitor that runs or not: the one that was named, else that of the only one that runs, else the only one that
 * has what `hasFiles` looks for. Where `mayWait`, a named one need not have it yet. Throws a `UsageError` where it cannot be told.
 */
export function dirWithFiles(
  which: WhichMonitor,
  hasFiles: (dir: string) => boolean,
  command: string,
  mayWait = false,
): string {
  const places = stateDirsOf(which);
  const named = namedPlace(which, places);
  if (mayWait && named !== undefined) return named;
  const found = places.filter(hasFiles);
  const running = found.filter(place => holderOf(place) !== undefined);
  const [only, ...others] = running.length > 0 ? running : found;
  if (only === undefined) {
    const where = named === undefined ? '' : say` in ${sanitize(named)}`;
    throw new UsageError(
      say`there is nothing of a monitor${where}; say where it keeps its files: agent2 ${command} --state-dir DIR`,
      EXIT.failed,
    );
  }
  if (others.length === 0) return only;
  const known = [only, ...others].map(place => sanitize(place)).join(', ');
  throw new UsageError(
    say`there are several: ${known}; say which, e.g. agent2 ${command} ${sanitize(tellingWords([only, ...others], which), 4_096)}`,
  );
}
