import {fork, spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {onCleanup} from '../../test/helpers/cleanup.ts';
import {root} from '../../test/helpers/root.ts';

/** The time of a request to a target, in epoch milliseconds, by its service's clock. */
export type Asked = readonly [target: number, at: number];

export interface Services {
  readonly targets: readonly ServedTarget[];
  /** All requests since the previous call. */
  takeAsked(): Promise<readonly Asked[]>;
}

export interface ServedTarget {
  readonly name: string;
  readonly url: string;
  readonly pidFile?: string;
  readonly state: 'well' | Sickness;
}

const SICKNESSES = ['failing', 'hanging', 'dead'] as const;
type Sickness = (typeof SICKNESSES)[number];

const MOST_PROCESSES = 4;
const MOST_PORTS = 100;
/** A third of the targets has a pid file; above this many they share the named processes. */
const MOST_HOLDERS = 200;
const HOLDER_SECONDS = '1800';

/** Starts the services of `count` targets: few processes, each with many ports, each port with many targets by their paths. `sickPercent` of them are faulty from the start. */
export async function startServices(
  count: number,
  sickPercent: number,
  directory: string,
): Promise<Services> {
  const processes = Math.min(count, MOST_PROCESSES);
  const portsEach = Math.ceil(Math.min(count, MOST_PORTS) / processes);
  const children = await Promise.all(
    Array.from({length: processes}, () => startService(portsEach)),
  );
  const ports = children.flatMap(child => child.ports);
  const holders = Array.from({length: Math.min(Math.ceil(count / 3), MOST_HOLDERS)}, startHolder);
  const deadPid = await pidOfDead();
  return {
    targets: Array.from({length: count}, (_, index) => {
      const state = stateOf(index, count, sickPercent);
      const named = index % 3 === 0 || state === 'dead';
      const pid =
        state === 'dead' ? deadPid : (holders[Math.floor(index / 3) % holders.length] ?? 0);
      return {
        name: `target-${index}`,
        url: `http://127.0.0.1:${ports[index % ports.length]}/${state}/${index}`,
        pidFile: named ? pidFile(directory, index, pid) : undefined,
        state,
      };
    }),
    takeAsked: async () => (await Promise.all(children.map(({take}) => take()))).flat(),
  };
}

/** Spread over all of them, the three kinds in turn. */
function stateOf(index: number, count: number, sickPercent: number): ServedTarget['state'] {
  const sick = Math.round((count * sickPercent) / 100);
  const before = Math.floor((index * sick) / count);
  const isSick = Math.floor(((index + 1) * sick) / count) > before;
  return isSick ? (SICKNESSES[before % SICKNESSES.length] ?? 'well') : 'well';
}

async function startService(ports: number) {
  const child = fork(join(root, 'bench/scale/service.mjs'), [String(ports)], {execArgv: []});
  onCleanup(() => end(child));
  const [{ports: open}] = (await once(child, 'message')) as [{ports: readonly number[]}];
  return {
    ports: open,
    async take() {
      const answer = once(child, 'message') as Promise<[{asked: readonly Asked[]}]>;
      child.send('take');
      return (await answer)[0].asked;
    },
  };
}

function startHolder(): number {
  const child = spawn('sleep', [HOLDER_SECONDS], {stdio: 'ignore'});
  onCleanup(() => end(child));
  if (child.pid === undefined) throw new Error('sleep does not start');
  return child.pid;
}

async function pidOfDead(): Promise<number> {
  const child = spawn('true', {stdio: 'ignore'});
  await once(child, 'exit');
  return child.pid ?? 0;
}

function pidFile(directory: string, index: number, pid: number): string {
  const path = join(directory, `${index}.pid`);
  writeFileSync(path, `${pid}\n`);
  return path;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}
