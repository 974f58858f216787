import {spawn} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {render} from '../../../source/core/text/say.ts';
import {createChild, type Child} from '../../../source/io/run/child.ts';
import {cleanUp, onCleanup} from '../../helpers/cleanup.ts';
import {freePort} from '../../helpers/port.ts';
import {endProcessesNaming, isAlive, processesNaming, signal} from '../../helpers/processes.ts';
import {until} from '../../helpers/until.ts';
import {program, startProgram, temporaryDirectory} from '../../fixtures/services/start.ts';

let directory: string;
let exits: string[];
let problems: string[];

beforeEach(() => {
  directory = temporaryDirectory();
  exits = [];
  problems = [];
  onCleanup(() => endProcessesNaming(directory));
});
afterEach(cleanUp);

function childOf(
  argv: readonly [string, ...string[]],
  port?: number,
  startGraceMs?: number,
): Child {
  const child = createChild({
    argv,
    port,
    startGraceMs,
    logFile: join(directory, 'child.log'),
    onExit: text => exits.push(render(text)),
    onDaemon: () => undefined,
    onProblem: text => problems.push(render(text)),
  });
  onCleanup(async () => void (await child.stop({stopTimeoutMs: 100})));
  return child;
}

/** Leaves the program named first running in a session of its own, and ends with 0. */
function daemoniser(name: string, ...args: readonly string[]): [string, ...string[]] {
  return [
    process.execPath,
    program('daemonise.mjs'),
    name,
    join(directory, 'pid'),
    ...args,
    directory,
  ];
}

const daemonPid = () => Number(readFileSync(join(directory, 'pid'), 'utf8'));

async function adopted(child: Child): Promise<number> {
  await child.start();
  const launcher = child.identity()?.pid;
  return until('the daemon is the child', () => {
    const pid = child.identity()?.pid;
    return pid !== undefined && pid !== launcher && pid;
  });
}

test('a child that puts itself into the background is watched there, said once, and stopped there', async () => {
  const child = childOf(daemoniser('idle.mjs'));
  const pid = await adopted(child);
  expect(pid).toBe(daemonPid());
  expect(exits).toEqual([]);
  expect(problems).toEqual([
    expect.stringMatching(/put itself into the background.*keeps it in the foreground/),
  ]);
  expect(await child.stop({stopTimeoutMs: 500})).toMatchObject({kind: 'done'});
  expect(isAlive(pid)).toBe(false);
});

test('a daemon is known by its port too, where a title hides what it was started with', async () => {
  const port = await freePort();
  // `env -i`: as after a title was written over the environment. `sh`: as by a script, another program than the daemon.
  const script = `env -i "$0" "$@" & sleep 0.1; exit 0`;
  const setsid = ['setsid', process.execPath, program('answers.mjs'), String(port), directory];
  const child = childOf(['sh', '-c', script, ...setsid] as [string, ...string[]], port);
  const pid = await adopted(child);
  expect(processesNaming(directory)).toContain(pid);
});

describe('a daemon that shows nothing of its start', () => {
  /** In a session and with an environment of its own, as by `su`; listens after `lateS`. */
  const lateDaemon = (port: number, lateS: number): [string, ...string[]] => [
    'sh',
    '-c',
    `setsid env -i TERM=dumb sh -c 'sleep ${lateS}; exec "$@"' sh "$0" "$@" & sleep 0.1; exit 0`,
    process.execPath,
    program('answers.mjs'),
    String(port),
    directory,
  ];

  test('and opens its port late is the child, and a stop ends it', async () => {
    const port = await freePort();
    const child = childOf(lateDaemon(port, 3.5), port, 20_000);
    const pid = await adopted(child);
    expect(processesNaming(directory)).toContain(pid);
    expect(exits).toEqual([]);
    expect(await child.stop({stopTimeoutMs: 2_000})).toMatchObject({kind: 'done'});
    expect(processesNaming(directory)).toEqual([]);
  });

  test('is not what a stop waits for, nor what it ends while nothing but its time tells it', async () => {
    const port = await freePort();
    const child = childOf(lateDaemon(port, 60), port, 60_000);
    await child.start();
    await until('agent2 looks for the daemon', child.isDaemonising);
    expect(await child.stop({stopTimeoutMs: 500})).toMatchObject({kind: 'absent'});
    expect(processesNaming(directory)).not.toEqual([]);
    expect([child.isDaemonising(), exits]).toEqual([false, []]);
  });
});

describe('a command that ends with 0 and whose port nobody opens', () => {
  test('has ended when the start grace is over, with the hint', async () => {
    const child = childOf(['sh', '-c', '[ -t 0 ] || exit 0'], await freePort(), 4_000);
    const startedAt = performance.now();
    await child.start();
    await until('agent2 looks for the daemon', child.isDaemonising);
    await until('its end is told', () => exits.length > 0);
    expect(performance.now() - startedAt).toBeGreaterThan(3_900);
    expect(exits).toEqual([
      'exit code 0 (a command that agent2 starts must stay in the foreground)',
    ]);
  });

  test('has ended at once when it answered right itself before', async () => {
    const child = childOf(['sh', '-c', 'sleep 0.5; exit 0'], await freePort(), 60_000);
    await child.start();
    child.servedBy(child.identity()?.pid ?? 0);
    await until('its end is told', () => exits.length > 0);
  });
});

describe('a process of somebody else that answers right in place of a command that ended with 0', () => {
  async function served() {
    const port = await freePort();
    const child = childOf(['true'], port, 60_000);
    await child.start();
    const other = await startProgram('answers.mjs', [String(port)]);
    await until('agent2 looks for the daemon', child.isDaemonising);
    child.servedBy(other.pid);
    await until('it is watched', () => child.identity()?.pid === other.pid);
    return {child, other};
  }

  test('is watched, with a word about it, and never ended', async () => {
    const {child, other} = await served();
    expect(problems).toEqual([
      expect.stringMatching(`^true ended with exit code 0, and process ${other.pid} \\(.*serves`),
    ]);
    expect(await child.stop({stopTimeoutMs: 100})).toEqual({
      kind: 'failed',
      text: expect.anything() as unknown,
    });
    child.kill();
    expect(isAlive(other.pid)).toBe(true);
    signal(other.pid, 'SIGKILL');
    await until('its end is seen', () => child.identity() === undefined);
    expect(await child.start()).toMatchObject({kind: 'started'});
  });

  test('is taken over by another agent2, which ends it as little', async () => {
    const {other} = await served();
    const heir = childOf(['true']);
    heir.adopt();
    expect(heir.identity()?.pid).toBe(other.pid);
    const later = childOf(['true']);
    expect(await later.stopLeftover({stopTimeoutMs: 100})).toBeUndefined();
    expect(isAlive(other.pid)).toBe(true);
  });
});

test('what a child leaves in its own group is the child, and its end is seen', async () => {
  const child = childOf(['sh', '-c', 'sh -c "sleep 60; :" "$0" & exit 0', directory]);
  const pid = await adopted(child);
  expect(processesNaming(directory)).toContain(pid);
  signal(pid, 'SIGKILL');
  await until('its end is seen', () => child.identity() === undefined);
});

test('after a restart of agent2 the daemon is taken over, or ended, by the record of the child', async () => {
  const child = childOf(daemoniser('idle.mjs'));
  const pid = await adopted(child);
  const heir = childOf(['true']);
  heir.adopt();
  expect(heir.identity()?.pid).toBe(pid);
  expect(await heir.stop({stopTimeoutMs: 500})).toMatchObject({kind: 'done'});
  expect(isAlive(pid)).toBe(false);
});

test('a process of somebody else that starts at the same time is not taken for the daemon', async () => {
  const child = childOf(['sh', '-c', 'sleep 0.5; exit 0']);
  await child.start();
  const other = spawn('sh', ['-c', 'setsid sh -c "sleep 60; :" "$0" & exit 0', directory], {
    stdio: 'ignore',
  });
  onCleanup(() => void other.kill());
  await until('its end is told', () => exits.length > 0);
  expect(exits).toEqual(['exit code 0 (a command that agent2 starts must stay in the foreground)']);
  expect(child.identity()).toBeUndefined();
  expect(processesNaming(directory)).not.toEqual([]);
});

test('a child has a stdin that never ends, and leaves no trace of it', async () => {
  const child = childOf(['sh', '-c', 'cat; echo ended']);
  await child.start();
  const pid = child.identity()?.pid ?? 0;
  await until('cat reads', () => readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8') !== '');
  expect(existsSync(join(directory, 'child.log.stdin'))).toBe(false);
  expect([isAlive(pid), exits]).toEqual([true, []]);
});
