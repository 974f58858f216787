import {realpathSync} from 'node:fs';
import {basename, dirname, join, resolve} from 'node:path';
import {watch} from 'chokidar';
import {say} from '../../core/text/say.ts';
import {errorText} from '../error-code.ts';
import {fileVersion} from './file-version.ts';

export interface FileWatch {
  close(): Promise<void>;
}

/** Saving is often several steps: they are one change. */
const QUIET_MS = 100;
/** An editor may take a file away before it puts the new one there. */
const GONE_MS = 1_000;
/** The link that a mounted volume of Kubernetes swaps to change all of its files at once. */
const SWAPPED_LINK = '..data';

/**
 * Calls `onChange` when the file is another than before: written, replaced, reached by another link, or gone for a second. `since` is
 * what `fileVersion` said before it was read. What `onProblem` hears says why changes may go unseen.
 */
export function watchFile(
  path: string,
  onChange: () => void,
  onProblem: (text: string) => void,
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
  // Which event it was does not matter: only what the file is then.
  const stirred = () => wait(QUIET_MS, () => look(true));
  watcher.on('all', stirred).on('raw', stirred).on('ready', stirred);
  watcher.on('error', error =>
    onProblem(say`changes of ${full} may go unseen: ${errorText(error)}`),
  );
  return {
    close() {
      closed = true;
      clearTimeout(timer);
      return watcher.close();
    },
  };

  /** A link may lead elsewhere now. */
  function follow(): void {
    const fresh = placesOf(full).filter(place => !watched.has(place));
    fresh.forEach(place => watched.add(place));
    if (fresh.length > 0) watcher.add(fresh);
  }
}

/** The file, the directory that names it, and where its links lead. Other files of these directories are none of ours. */
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
    // Gone for the moment: its directory is watched all the same.
    return path;
  }
}
