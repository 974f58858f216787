import {readFileSync, readlinkSync, realpathSync} from 'node:fs';
import {pids} from './procfs.ts';
import {describeProcess} from './processes.ts';
import {unlessHidden} from './unless-hidden.ts';

/** A file that names a process by its number: its owner, and when it was written (epoch ms). */
export interface NumberFile {
  readonly path: string;
  readonly uid: number;
  readonly writtenAt: number;
}

/** Start times are rounded, and the two clocks may differ a little. */
const SLACK_MS = 2_000;

/**
 * A process of a child pid namespace (a container) that has the number `number` there and may have written it to the file: it sees
 * the file, its user may have written it, and it is older than what is written. Its pid is the one here. Undefined without one, and
 * where the system has no such namespaces. The first call in a while reads a line about every process.
 */
export function namesakeInside(number: number, file: NumberFile): number | undefined {
  if (process.platform !== 'linux') return undefined;
  return (insidePids(file.writtenAt).get(number) ?? []).find(pid => {
    if (pid === number) return false;
    const {uid, startedAt} = describeProcess(pid) ?? {};
    if (uid === undefined || startedAt === undefined) return false;
    const mayWrite = file.uid === uid || file.uid === 0 || uid === 0;
    return mayWrite && startedAt <= file.writtenAt + SLACK_MS && sees(pid, file.path);
  });
}

let known: {readonly at: number; readonly byNumber: ReadonlyMap<number, readonly number[]>} = {
  at: 0,
  byNumber: new Map(),
};

const FRESH_MS = 1_000;

/** The pids of the processes that have another number in a namespace of their own, by that number. One reading serves many files that were written before it. */
function insidePids(writtenAt: number): ReadonlyMap<number, readonly number[]> {
  const now = Date.now();
  if (now - known.at < FRESH_MS && now >= known.at && writtenAt + SLACK_MS < known.at)
    return known.byNumber;
  const byNumber = new Map<number, number[]>();
  for (const pid of pids()) {
    const numbers = /^NSpid:[ \t]+\d+[ \t]+(.+)$/m.exec(read(`/proc/${pid}/status`) ?? '')?.[1];
    for (const number of numbers?.split(/\s+/).map(Number) ?? [])
      byNumber.set(number, [...(byNumber.get(number) ?? []), pid]);
  }
  known = {at: now, byNumber};
  return byNumber;
}

/** Whether a file of ours is to be seen in the mounts of a process: in the same ones, or by a mount of a directory above it. */
function sees(pid: number, path: string): boolean {
  const [ours, theirs] = ['self', pid].map(of => linkOf(`/proc/${of}/ns/mnt`));
  if (theirs === undefined) return false;
  if (ours === theirs) return true;
  const place = placeOf(path);
  return (
    place !== undefined &&
    mountsOf(pid).some(({device, root}) => device === place.device && isBelow(place.path, root))
  );
}

interface Mount {
  /** The file system, as `major:minor`. */
  readonly device: string;
  /** Its directory that is mounted. */
  readonly root: string;
  readonly at: string;
}

/** The file system of a file, and its path there. */
function placeOf(path: string): {readonly device: string; readonly path: string} | undefined {
  const real = unlessHidden(() => realpathSync(path), UNUSUAL);
  const mount =
    real === undefined
      ? undefined
      : mountsOf('self')
          .filter(({at}) => isBelow(real, at))
          // The last one of a place hides the others.
          .reduce<Mount | undefined>(
            (best, next) => (best && best.at.length > next.at.length ? best : next),
            undefined,
          );
  if (real === undefined || !mount) return undefined;
  const rest = mount.at === '/' ? real : real.slice(mount.at.length);
  return {device: mount.device, path: mount.root === '/' ? rest : `${mount.root}${rest}`};
}

function mountsOf(pid: number | 'self'): readonly Mount[] {
  return parseMounts(read(`/proc/${pid}/mountinfo`) ?? '');
}

/** Parses the text of `/proc/PID/mountinfo`. */
export function parseMounts(text: string): readonly Mount[] {
  return text.split('\n').flatMap(line => {
    const [, , device, root, at] = line.split(' ');
    return device === undefined || root === undefined || at === undefined
      ? []
      : [{device, root: unescaped(root), at: unescaped(at)}];
  });
}

function unescaped(path: string): string {
  return path.replaceAll(/\\([0-7]{3})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 8)),
  );
}

function isBelow(path: string, directory: string): boolean {
  return directory === '/' || path === directory || path.startsWith(`${directory}/`);
}

/** A kernel without such a namespace, and a place that is no directory. */
const UNUSUAL = ['EINVAL', 'ENOTDIR'];

function linkOf(path: string): string | undefined {
  return unlessHidden(() => readlinkSync(path), UNUSUAL);
}

function read(path: string): string | undefined {
  return unlessHidden(() => readFileSync(path, 'utf8'), UNUSUAL);
}
