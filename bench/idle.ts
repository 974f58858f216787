import {spawn} from 'node:child_process';
import {setTimeout as pause} from 'node:timers/promises';
import {cleanUp, onCleanup} from '../test/helpers/cleanup.ts';
import {makeHome, type Home} from '../test/helpers/home.ts';
import {startAgent2} from '../test/helpers/program.ts';
import {cli} from '../test/helpers/root.ts';
import {startService, type Service} from '../test/helpers/service.ts';
import {healthIs} from '../test/helpers/status.ts';
import {openTerminal} from '../test/helpers/terminal.ts';
import {watchArguments} from '../test/helpers/watch.ts';
import type {Runs} from './runs.ts';
import {cpuMs, memoryOf} from './cost.ts';
import {judge, round} from './figures.ts';

/** The cost of watching one healthy service at preset `test`, without and with a screen (100x30). Memory is read at the end. */
export async function measureIdle(runs: Runs): Promise<object> {
  return {
    bareNode: await measureBareNode(runs),
    run: await measureRun(runs),
    tui: await measureTui(runs),
  };
}

/** The floor: node that only wakes up as often as the hard-evidence watch. */
async function measureBareNode(runs: Runs): Promise<object> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 250)'], {stdio: 'ignore'});
  onCleanup(() => void child.kill('SIGKILL'));
  if (child.pid === undefined) throw new Error('node does not start');
  const {cpuPercent, memory} = await measureFor(runs, child.pid);
  await cleanUp();
  return {rssMB: memory.rssMB, pssMB: memory.pssMB, cpuPercent};
}

async function measureRun(runs: Runs): Promise<object> {
  const {home, service} = await serviceAtHome();
  const {pid} = startAgent2(['run', ...watchArguments(service, 'test')], {env: home.env});
  await healthIs(home, 'ok');
  const {cpuPercent, memory} = await measureFor(runs, pid);
  await cleanUp();
  return {rssMB: judge(memory.rssMB, 60), pssMB: memory.pssMB, cpuPercent: judge(cpuPercent, 0.2)};
}

async function measureTui(runs: Runs): Promise<object> {
  const {home, service} = await serviceAtHome();
  const terminal = openTerminal({
    argv: [cli, ...watchArguments(service, 'test')],
    cols: 100,
    rows: 30,
    env: home.env,
  });
  await healthIs(home, 'ok');
  const {cpuPercent, memory, bytesPerSecond} = await measureFor(runs, terminal.pid, terminal.bytes);
  await cleanUp();
  return {
    rssMB: judge(memory.rssMB, 80),
    pssMB: memory.pssMB,
    cpuPercent: judge(cpuPercent, 1),
    bytesPerSecond: judge(bytesPerSecond, 400),
  };
}

async function serviceAtHome(): Promise<{home: Home; service: Service}> {
  const home = makeHome();
  return {home, service: await startService(home)};
}

async function measureFor({warmUpMs, idleMs}: Runs, pid: number, bytes: () => number = () => 0) {
  await pause(warmUpMs);
  const before = {cpuMs: cpuMs(pid), bytes: bytes(), at: performance.now()};
  await pause(idleMs);
  const seconds = (performance.now() - before.at) / 1_000;
  const result = {
    cpuPercent: round((cpuMs(pid) - before.cpuMs) / seconds / 10, 3),
    bytesPerSecond: round((bytes() - before.bytes) / seconds),
    memory: memoryOf(pid),
  };
  process.stderr.write(`idle: ${JSON.stringify(result)}\n`);
  return result;
}
