import {readFileSync, readdirSync} from 'node:fs';
import {round} from './figures.ts';

/** The CPU time of all threads of a process; `/proc/PID/stat` has steps of 10 ms, too coarse for this measurement. */
export function cpuMs(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`);
  return threads.reduce(
    (sum, thread) =>
      sum +
      Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]) / 1e6,
    0,
  );
}

export interface Memory {
  readonly rssMB: number;
  readonly pssMB: number;
  readonly anonymousMB: number;
}

/** In megabytes of 10^6 bytes. */
export function memoryOf(pid: number): Memory {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const megabytes = (name: string) =>
    round((Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(rollup)?.[1]) * 1_024) / 1e6);
  return {
    rssMB: megabytes('Rss'),
    pssMB: megabytes('Pss'),
    anonymousMB: megabytes('Anonymous'),
  };
}
