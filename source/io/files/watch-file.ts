import type {Text} from '../../core/model/text.ts';
import {realpathSync} from 'node:fs';
import {basename, dirname, join, resolve} from 'node:path';
import {watch} from 'chokidar';
import {message} from '../../core/text/message.ts';
import {errorText} from '../error-code.ts';
import {fileVersion} from './file-version.ts';

export interface FileWatch {
  close(): Promise<void>;
}

/** Saving often takes several steps, which count as one change. */
const QUIET_MS = 100;
/** An editor may remove a file before it writes the new one. */
const GONE_MS = 1_000;
/** The link that a mounted Kubernetes volume swaps to change all of its files at once. */
const SWAPPED_LINK = '..data';

/**
 * Calls `onChange` when the file changes: written, replaced, reached by another link, or gone for a second. `since` is
 * the result of `fileVersion` before it was read. `onProblem` receives the reason why changes may go unseen.
 */
export function watchFile(
  path: string,
  onChange: () => void,
  onProblem: (text: Text) => void,
  since = fileVersion(path),
): FileWatch {
  const full = resolve(path);
  let known = since;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  const watched = new Set(placesOf(full));
  const ignored = (each: string) => !watched.has(each);
  const watcher = watch([...watched], {
    ignoreInitial: true,
    depth: 0,
    ignored,
    ignorePermissionErrors: true,
  });
  const wait = (ms: number, then: () => void) => {
    clearTimeout(timer);
    if (!closed) timer = setTimeout(then, ms);
  };
  const look = (patient: boolean) => {
    const now = fileVersion(full);
    if (now === known) return;
    if (now === undefined && patient) return wait(GONE_MS, () => look(false));
    known = now;
    follow();
    onChange();
  };
  // The kind of event does not matter: only the state of the file then.
  const changed = () => wait(QUIET_MS, () => look(true));
  watcher.on('all', changed).on('raw', changed).on('ready', changed);
  watcher.on('error', error =>
    onProblem(message`agent2 may miss changes of ${full}: ${errorText(error)}`),
  );
  return {
    close() {
      closed = true;
      clearTimeout(timer);
      return watcher.close();
    },
  };

  /** A link may now lead elsewhere. */
  function follow(): void {
    const fresh = placesOf(full).filter(place => !watched.has(place));
    fresh.forEach(place => watched.add(place));
    if (fresh.length > 0) watcher.add(fresh);
  }
}

/** The file, the directory that names it, and the targets of its links. Ignores other files of these directories. */
function placesOf(path: string): readonly string[] {
  const directory = dirname(path);
  const real = realPath(path);
  return [
    directory,
    path,
    join(directory, SWAPPED_LINK),
    ...(real === path ? [] : [dirname(real), join(dirname(real), basename(real))]),
  ];
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    // The file is missing for the moment: its directory is watched all the same.
    return path;
  }
}
