import {chmodSync, mkdirSync, mkdtempSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {version} from 'agent2:version';
import {isoTime} from '../../source/format/time.ts';
import {readProcess} from '../../source/io/process/processes.ts';
import {startProgram} from '../fixtures/services/start.ts';
import type {Patient} from '../helpers/doctor.ts';
import {makeHome, type Home} from '../helpers/home.ts';

/** Stands for a monitor: the doctor only looks at its pid and its files. */
export interface StandIn {
  readonly home: Home;
  readonly pid: number;
  /** A state directory with a monitor that runs, as far as its files say. */
  stateDir(document?: object | string, more?: {readonly running?: boolean}): string;
  /** How the doctor finds a target of that monitor. */
  watched(target: object): Patient;
}

export async function startStandIn(): Promise<StandIn> {
  const home = makeHome();
  const {pid} = await startProgram('idle.mjs', [home.path]);
  const stateDir: StandIn['stateDir'] = (document = {}, {running = true} = {}) => {
    const path = mkdtempSync(join(home.path, 'state-'));
    chmodSync(path, 0o755);
    mkdirSync(join(path, 'run'), {mode: 0o700});
    const text = typeof document === 'string' ? document : statusText(pid, document);
    writeFileSync(join(path, 'agent2_status.json'), text);
    if (running) {
      writeFileSync(join(path, 'agent2.pid'), `${pid}\n`);
      writeFileSync(
        join(path, 'run', `monitor.${pid}.json`),
        JSON.stringify({pid, startKey: readProcess(pid)?.startKey, targets: ['web']}),
      );
    }
    return path;
  };
  return {
    home,
    pid,
    stateDir,
    watched: target => ({
      stateDir: stateDir({targets: [{...TARGET, ...target}]}),
      spec: {
        name: 'web',
        url: undefined,
        endpoint: {host: '127.0.0.1', port: 9},
        pidFile: undefined,
        processName: undefined,
        agentos: false,
      },
    }),
  };
}

export const TARGET = {
  name: 'web',
  address: 'http://127.0.0.1:3000/',
  status: 'monitoring',
  health_status: 'ok',
  fix: 'command',
  why: 'healthy',
  process: {pid: 4_000_000},
  ledger: {},
  fixes: [],
};

function statusText(pid: number, document: object): string {
  return JSON.stringify({
    status: 'monitoring',
    pid,
    version,
    updated: isoTime(Date.now()),
    troubles: {},
    targets: [TARGET],
    ...document,
  });
}
