import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {targetFrom} from '../../source/config/options/target.ts';
import type {OwnedChild} from '../../source/contracts/fix.ts';
import {createProbes} from '../../source/monitor/target-probes.ts';
import {readProcess} from '../../source/io/process/processes.ts';
import {check, type TargetProbes} from '../../source/runtime/check.ts';
import {inspect} from '../../source/runtime/inspect-process.ts';
import {startProgram, temporaryDirectory} from '../fixtures/services/start.ts';
import {signal} from './processes.ts';
import {until} from './until.ts';

export const limit = () => AbortSignal.timeout(20_000);

/** What agent2 sees of a target, by the probes that it makes of the options. */
export async function watch(options: {
  readonly port: string | number;
  readonly path?: string;
  readonly pidFile?: string;
  readonly processName?: string;
  readonly child?: OwnedChild;
}) {
  const {port, path, pidFile, processName, child} = options;
  const url = path === undefined ? undefined : `http://127.0.0.1:${port}${path}`;
  const probes = await createProbes(
    targetFrom(
      url,
      {pidFile, processName, ...(url === undefined ? {port: Number(port)} : {})},
      undefined,
      '/',
    ),
    child,
  );
  const context = () => ({signal: limit(), timeoutMs: 1_500, slowMs: 5_000});
  return {
    owner: probes.owner,
    read: () => judged(probes.process),
    check: () => check(probes, context()),
    look: async () => (await inspect(probes, context())).result,
  };
}

/** The quick reading of the watch, and what it means. */
function judged(process: TargetProbes['process']) {
  if (!process) throw new Error('the target has no process');
  return process.judge(process.read());
}

export function pidFileFor(pid?: number): string {
  const path = join(temporaryDirectory(), 'service.pid');
  if (pid !== undefined) writeFileSync(path, `${pid}\n`);
  return path;
}

export async function deadPid(): Promise<number> {
  const {pid} = await startProgram('idle.mjs');
  await kill(pid);
  return pid;
}

/** Ends them, and waits until those that this process started are reaped. */
export async function kill(...pids: readonly number[]): Promise<void> {
  for (const pid of pids) signal(pid, 'SIGKILL');
  const isLeft = (pid: number) => {
    const info = readProcess(pid);
    return info !== undefined && (info.state !== 'zombie' || info.ppid === process.pid);
  };
  await until('they are gone', () => !pids.some(isLeft));
}

export const kinds = (faults: ReadonlyArray<{readonly kind: string}> = []) =>
  faults.map(({kind}) => kind);
