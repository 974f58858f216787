import {setTimeout as delay} from 'node:timers/promises';
import {randomUUID} from 'node:crypto';
import type {ProcessIdentity} from '../../core/model/observation.ts';
import {findListener} from '../net/listeners.ts';
import {controlGroups, programFile, startVariable} from '../process/process-surroundings.ts';
import {listProcesses, processAncestors, type ProcessInfo} from '../process/processes.ts';

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
/** The time that a daemon has to listen. */
const SEARCH_MS = 3_000;
const PACE_MS = 100;

/**
 * Finds the daemon that a command left running when it ended: the process that holds the port, else the first of those that stay. Undefined when
 * there is none, at once where nothing of the kind runs.
 */
export async function findDaemon(launcher: Launcher): Promise<ProcessInfo | undefined> {
  const deadline = performance.now() + SEARCH_MS;
  const since = new Map<string, number>();
  for (;;) {
    const found = survivorsOf(launcher);
    if (found.length === 0) return undefined;
    const holder =
      launcher.port === undefined ? undefined : (await findListener(launcher.port))?.pid;
    const served = holder === undefined ? undefined : rootOf(holder, found);
    if (served) return served.info;
    const now = performance.now();
    const sure = found.filter(({isSure}) => isSure);
    for (const {info} of sure) if (!since.has(info.startKey)) since.set(info.startKey, now);
    const stays = sure.find(({info}) => now - (since.get(info.startKey) ?? now) >= STAY_MS);
    if (stays && (launcher.port === undefined || now >= deadline))
      return rootOf(stays.info.pid, sure)?.info;
    if (now >= deadline) return undefined;
    await delay(PACE_MS);
  }
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
    // A daemon changes neither its control group nor its environment, which a title may overwrite.
    if (controlGroups(info.pid) !== ours) return [];
    const mark = startVariable(info.pid, MARK);
    if (mark !== 'hidden') return mark.value === launcher.mark ? [{info, isSure: true}] : [];
    const exe = programFile(info.pid);
    return [{info, isSure: exe !== undefined && exe === launcher.exe}];
  });
  return survivors.sort((a, b) => ticks(a.info) - ticks(b.info) || a.info.pid - b.info.pid);
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
