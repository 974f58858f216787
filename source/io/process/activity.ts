import {readdirSync, readFileSync} from 'node:fs';
import type {ThreadLook} from '../../core/check/hang.ts';
import {unlessHidden} from './unless-hidden.ts';

/** The kernel counts CPU time in ticks of 1/100 s on every platform node runs on. */
const TICK_MS = 10;
/** Reading more threads would take longer than what they tell is worth. */
const MOST_THREADS = 512;

/** The CPU time of a process and of its children that ended, in ms; undefined when it is gone or hidden. Needs `/proc`. */
export function cpuTimeOf(pid: number): number | undefined {
  const fields = statOf(`/proc/${pid}`);
  return fields && fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) * TICK_MS;
}

/** How often each thread of a process was switched to, by its id; undefined when the process is gone or hidden, or has very many threads. Needs `/proc`. */
export function switchesOf(pid: number): ReadonlyMap<string, number> | undefined {
  const threads = idsOf(pid);
  return threads && new Map(threads.map(thread => [thread, switches(pid, thread)]));
}

/** What every thread of a process does, and whether it ran since `before`; undefined as above. */
export function threadsOf(
  pid: number,
  before: ReadonlyMap<string, number>,
): readonly ThreadLook[] | undefined {
  return idsOf(pid)?.flatMap(thread => {
    const directory = `/proc/${pid}/task/${thread}`;
    const [state] = statOf(directory) ?? [];
    if (state === undefined) return [];
    const channel =
      unlessHidden(() => readFileSync(`${directory}/wchan`, 'utf8').trim(), UNSEEN) ?? '';
    return [
      {
        main: thread === String(pid),
        state,
        channel: channel === '0' ? '' : channel,
        ran: before.get(thread) !== switches(pid, thread),
      },
    ];
  });
}

function idsOf(pid: number): readonly string[] | undefined {
  const threads = unlessHidden(() => readdirSync(`/proc/${pid}/task`), UNSEEN);
  return threads && threads.length > MOST_THREADS ? undefined : threads;
}

function switches(pid: number, thread: string): number {
  const status = unlessHidden(
    () => readFileSync(`/proc/${pid}/task/${thread}/status`, 'utf8'),
    UNSEEN,
  );
  return [...(status ?? '').matchAll(/^(?:non)?voluntary_ctxt_switches:\s*(\d+)$/gm)].reduce(
    (sum, [, count]) => sum + Number(count),
    0,
  );
}

/** The shares of the last ten seconds in which all work waited; 0 where the kernel does not measure it. */
export function machinePressure(): {readonly io: number; readonly memory: number} {
  return {io: pressureOf('io'), memory: pressureOf('memory')};
}

function pressureOf(resource: string): number {
  const text = unlessHidden(() => readFileSync(`/proc/pressure/${resource}`, 'utf8'), UNSEEN) ?? '';
  return Number(/^full avg10=([\d.]+)/m.exec(text)?.[1] ?? 0) / 100;
}

/** The fields of a `stat` file from the state on; the name before it, in parentheses, may contain anything. */
function statOf(directory: string): readonly string[] | undefined {
  const line = unlessHidden(() => readFileSync(`${directory}/stat`, 'utf8'), UNSEEN);
  return line?.slice(line.lastIndexOf(')') + 2).split(' ');
}

/** No wait channel in this kernel, or no descriptor left to look with. */
const UNSEEN = ['EOPNOTSUPP', 'EMFILE', 'ENFILE'];
