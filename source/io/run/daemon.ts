import {setTimeout as delay} from 'node:timers/promises';
import {randomUUID} from 'node:crypto';
import type {ProcessIdentity} from '../../core/model/observation.ts';
import {findListener} from '../net/listeners.ts';
import {controlGroups, programFile, startVariable} from '../process/process-surroundings.ts';
import {
  listProcesses,
  processAncestors,
  readProcess,
  type ProcessInfo,
} from '../process/processes.ts';

/** What tells the processes that a command left in the background from all others. */
export interface Launcher extends ProcessIdentity {
  /** The value of `MARK` in its environment. */
  readonly mark: string;
  readonly exe: string | undefined;
  /** The port that its service is to listen on. */
  readonly port: number | undefined;
}

/** A variable in the environment of a child, which what it starts inherits. */
export const MARK = 'AGENT2_CHILD';

export function newMark(): string {
  return randomUUID();
}

/** A process of the launcher's start that must stay, alive, for as long: between two forks of a daemon lives one that ends at once. */
const STAY_MS = 300;
/** The time that a daemon has to listen before another process of the launcher that stays is taken for it. */
const SEARCH_MS = 3_000;
const PACE_MS = 100;
const LATE_PACE_MS = 500;
/** The pace while somebody listens whom the system hides from this user. */
const HIDDEN_PACE_MS = 5_000;

/** What a command that ended left running. */
export interface Daemon {
  readonly info: ProcessInfo;
  /** The launcher started it. Otherwise it only answers in the launcher's place, and nobody may signal it. */
  readonly ours: boolean;
}

export interface DaemonSearch {
  /** Undefined when there is none. Rejects where the system cannot be read. */
  readonly found: Promise<Daemon | undefined>;
  /** The target answers right by this process, which did not hold the port before the launcher began. */
  serves(pid: number): void;
  /** Ends the search, with what is certain by now. */
  end(): void;
}

/**
 * Searches for the daemon that a command left running when it ended: the process that holds the port, else the first of those that stay. Without a
 * port, or without `graceMs`, the search is over at once where nothing of the kind runs; else it goes on for as long, since a daemon may open its port
 * late and show nothing of its start, and while a hidden process listens.
 */
export function searchDaemon(launcher: Launcher, graceMs: number): DaemonSearch {
  const over = new AbortController();
  let serve = (_daemon: Daemon) => {};
  const serving = new Promise<Daemon>(resolve => (serve = resolve));
  const found = findDaemon(launcher, graceMs, over.signal);
  return {
    found: Promise.race([found, serving]).finally(() => over.abort()),
    serves(pid) {
      const info = readProcess(pid);
      if (!info || over.signal.aborted) return;
      const root = rootOf(pid, survivorsOf(launcher));
      serve(root ? {info: root.info, ours: true} : {info, ours: false});
    },
    end: () => over.abort(),
  };
}

async function findDaemon(
  launcher: Launcher,
  graceMs: number,
  over: AbortSignal,
): Promise<Daemon | undefined> {
  const {port} = launcher;
  const startedAt = performance.now();
  const endAt = startedAt + Math.max(SEARCH_MS, port === undefined ? 0 : graceMs);
  const since = new Map<string, number>();
  for (;;) {
    const listener = port === undefined ? undefined : await findListener(port);
    const now = performance.now();
    const isLate = now - startedAt >= SEARCH_MS;
    const isLast = now >= endAt || over.aborted;
    // Reading every process for as long as a start may take is expensive: done only while there is a reason.
    const found = !isLate || isLast || listener?.pid !== undefined ? survivorsOf(launcher) : [];
    const served = listener?.pid === undefined ? undefined : rootOf(listener.pid, found);
    if (served) return {info: served.info, ours: true};
    const sure = found.filter(({isSure}) => isSure);
    for (const {info} of sure) if (!since.has(info.startKey)) since.set(info.startKey, now);
    const stays = sure.find(({info}) => now - (since.get(info.startKey) ?? now) >= STAY_MS);
    const last = over.aborted ? sure[0] : stays;
    const root = last && rootOf(last.info.pid, sure);
    if (root && (port === undefined || isLate || over.aborted))
      return {info: root.info, ours: true};
    const isHidden = listener !== undefined && listener.pid === undefined;
    if (found.length === 0 && (port === undefined || graceMs <= 0)) return undefined;
    if (over.aborted || (isLast && !isHidden)) return undefined;
    const pace = found.length > 0 && !isLate ? PACE_MS : LATE_PACE_MS;
    await pause(isHidden ? HIDDEN_PACE_MS : pace, over);
  }
}

/** Rejects with nothing: the end of the search is no failure. */
async function pause(ms: number, over: AbortSignal): Promise<void> {
  await delay(ms, undefined, {signal: over}).catch((error: unknown) => {
    if (!over.aborted) throw error;
  });
}

/** `isSure`: it belongs to the launcher whatever port it holds. */
interface Survivor {
  readonly info: ProcessInfo;
  readonly isSure: boolean;
}

/** The living processes that the launcher left, or may have left; the oldest first. */
function survivorsOf(launcher: Launcher): readonly Survivor[] {
  const foster = new Set([1, ...processAncestors(process.pid).map(({pid}) => pid)]);
  const ours = controlGroups(process.pid);
  const all = listProcesses().filter(
    ({pid, state}) => state !== 'zombie' && pid !== process.pid && pid !== launcher.pid,
  );
  const survivors = all.flatMap((info): readonly Survivor[] => {
    if (info.pgid === launcher.pid || info.sid === launcher.pid) return [{info, isSure: true}];
    if (ticks(info) < ticks(launcher) || !foster.has(info.ppid)) return [];
    // A daemon changes neither its control group nor its environment, which a title may overwrite, and `su` and `sudo` clear.
    if (controlGroups(info.pid) !== ours) return [];
    const mark = startVariable(info.pid, MARK);
    if (mark !== 'hidden' && mark.value !== undefined)
      return mark.value === launcher.mark ? [{info, isSure: true}] : [];
    if (!isOfNewSession(info, launcher)) return [];
    const exe = programFile(info.pid);
    return [{info, isSure: mark === 'hidden' && exe !== undefined && exe === launcher.exe}];
  });
  return survivors.sort((a, b) => ticks(a.info) - ticks(b.info) || a.info.pid - b.info.pid);
}

/** What the launcher starts leaves its session only for a new one: that of an older process is somebody else's. */
function isOfNewSession({sid}: ProcessInfo, launcher: Launcher): boolean {
  const leader = readProcess(sid);
  return leader === undefined || ticks(leader) >= ticks(launcher);
}

/** The first of the survivors in the line of this process: itself, or the one that started it. */
function rootOf(pid: number, survivors: readonly Survivor[]): Survivor | undefined {
  const line = [pid, ...processAncestors(pid).map(ancestor => ancestor.pid)];
  return line.flatMap(each => survivors.find(({info}) => info.pid === each) ?? []).at(-1);
}

/** When it started, in a unit of the system. */
function ticks({startKey}: ProcessIdentity): number {
  return startKey.includes('@') ? Number.parseInt(startKey, 10) : Date.parse(startKey);
}
