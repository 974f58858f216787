import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {vi} from 'vitest';
import {isoTime} from '../../source/format/time.ts';
import {startProgram, type Started} from '../fixtures/services/start.ts';
import {onCleanup} from '../helpers/cleanup.ts';
import {makeHome} from '../helpers/home.ts';

/** What a state directory says of its monitor. */
interface Said {
  /** The pid in `agent2.pid`, alive or not; none without it. */
  readonly pid?: number;
  /** That of the process, unless the card lies. */
  readonly startKey?: string;
  /** What the card says it watches now. */
  readonly watches?: readonly string[];
  /** What the status file says; none for no file, a text for one that is no document. */
  readonly status?: object | string;
}

/** A person's home as commands see it: state directories made of files, and one idle process that stands for every monitor that runs. */
export interface Places {
  readonly home: string;
  readonly monitor: Started;
  /** `$XDG_STATE_HOME/agent2`. */
  readonly usual: string;
  /** Makes a state directory, in the usual place unless the name is a path; returns its path. */
  add(name: string, said: Said): string;
  /** One whose monitor runs and watches these targets, as card and status agree. */
  running(name: string, watches: readonly string[]): string;
  /** One whose monitor has ended, and watched these. */
  ended(name: string, watched: readonly string[]): string;
}

export async function makePlaces(): Promise<Places> {
  const home = makeHome();
  vi.stubEnv('HOME', home.path);
  vi.stubEnv('XDG_STATE_HOME', home.env['XDG_STATE_HOME']);
  vi.stubEnv('AGENT2_STATE_DIR', undefined);
  onCleanup(() => void vi.unstubAllEnvs());
  const monitor = await startProgram('idle.mjs', [home.path]);
  const usual = join(home.path, '.local', 'state', 'agent2');
  const add: Places['add'] = (name, {pid, startKey, watches, status}) => {
    const path = name.startsWith('/') ? name : join(usual, name);
    mkdirSync(join(path, 'run'), {recursive: true, mode: 0o700});
    if (pid !== undefined) writeFileSync(join(path, 'agent2.pid'), `${pid}\n`);
    if (watches !== undefined)
      writeFileSync(
        join(path, 'run', `monitor.${pid}.json`),
        JSON.stringify({pid, startKey: startKey ?? monitor.info.startKey, targets: watches}),
      );
    if (status !== undefined)
      writeFileSync(
        join(path, 'agent2_status.json'),
        typeof status === 'string' ? status : JSON.stringify(status),
      );
    return path;
  };
  return {
    home: home.path,
    monitor,
    usual,
    add,
    running: (name, watches) =>
      add(name, {pid: monitor.pid, watches, status: statusOf(monitor.pid, watches)}),
    ended: (name, watched) =>
      add(name, {status: {...statusOf(4_194_000, watched), status: 'stopped'}}),
  };
}

export function statusOf(pid: number, names: readonly string[]) {
  return {
    status: 'monitoring',
    pid,
    started: isoTime(Date.now() - 60_000),
    updated: isoTime(Date.now()),
    targets: names.map(name => targetOf(name)),
  };
}

export function targetOf(name: string) {
  return {
    name,
    address: `http://127.0.0.1/${name}`,
    status: 'monitoring',
    health_status: 'ok',
    last_check: isoTime(Date.now()),
    interval: 5,
    fix: 'command',
    heals: true,
    owns_process: false,
  };
}
