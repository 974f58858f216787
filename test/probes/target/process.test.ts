import {rmSync, utimesSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import type {ProcessIdentity} from '../../../source/core/model/observation.ts';
import {createProcessProbe} from '../../../source/probes/target/process.ts';
import {cleanUp} from '../../helpers/cleanup.ts';
import {signal} from '../../helpers/processes.ts';
import {until} from '../../helpers/until.ts';
import {start, startProgram, temporaryDirectory} from '../../fixtures/services/start.ts';

let pidFile: string;

beforeEach(() => {
  pidFile = join(temporaryDirectory(), 'web.pid');
});
afterEach(cleanUp);

const context = {signal: new AbortController().signal, timeoutMs: 2_000, slowMs: 1_000};
const FREE_PID = 4_194_303;

describe('a process named by its pid file', () => {
  test('is alive, with command and start', async () => {
    const {pid, info} = await named('idle.mjs');
    const probe = createProcessProbe({pidFile});
    const alive = {
      state: 'alive',
      via: 'pid-file',
      identity: {pid, startKey: info.startKey},
      command: expect.stringContaining('idle.mjs'),
      startedAt: expect.any(Number),
    };
    expect(await probe.inspect(context)).toEqual({readings: {process: alive}, faults: []});
    expect(probe.read()).toEqual(alive);
    expect(probe.identity()).toEqual({pid, startKey: info.startKey});
  });

  test('that was killed and left its pid file has crashed', async () => {
    const {pid} = await named('idle.mjs');
    const probe = createProcessProbe({pidFile});
    probe.read();
    signal(pid, 'SIGKILL');
    await until('gone', () => probe.read().state === 'gone');
    expect(probe.read()).toEqual({state: 'gone', via: 'pid-file', pid, pidFile: 'left'});
    expect((await probe.inspect(context)).faults).toEqual([
      {
        probe: 'process',
        kind: 'process_gone',
        pid,
        text: `process ${pid} is gone, its pid file ${pidFile} was left behind`,
      },
    ]);
  });

  test('that took its pid file along may be in the middle of a restart', async () => {
    const {pid} = await named('idle.mjs');
    const probe = createProcessProbe({pidFile});
    probe.read();
    rmSync(pidFile);
    signal(pid, 'SIGKILL');
    await until('gone', () => probe.read().state === 'gone');
    expect(probe.read()).toEqual({state: 'gone', via: 'pid-file', pid, pidFile: 'missing'});
    expect((await probe.inspect(context)).faults[0]).toMatchObject({kind: 'process_gone', pid});
  });

  test('and replaced by a new one is the new one, at the cheap look too', async () => {
    const first = await named('idle.mjs');
    const probe = createProcessProbe({pidFile});
    probe.read();
    signal(first.pid, 'SIGKILL');
    await until('gone', () => probe.read().state === 'gone');
    const second = await named('idle.mjs');
    expect(probe.read()).toMatchObject({state: 'alive', identity: {pid: second.pid}});
  });

  test('whose file now names another live process is that one at the next thorough look', async () => {
    await named('idle.mjs');
    const probe = createProcessProbe({pidFile});
    probe.read();
    const second = await named('idle.mjs');
    expect((await probe.inspect(context)).readings.process).toMatchObject({
      identity: {pid: second.pid},
    });
  });

  test('is there as long as it lives, even when the file is missing, which is noted, or cannot be believed, which is warned about', async () => {
    const {pid} = await named('idle.mjs');
    const probe = createProcessProbe({pidFile});
    await probe.inspect(context);
    writeFileSync(pidFile, 'garbage');
    expect(await probe.inspect(context)).toMatchObject({
      faults: [],
      warnings: [{kind: 'pid_file_invalid', text: expect.stringContaining('only digits')}],
      readings: {process: {state: 'alive'}},
    });
    rmSync(pidFile);
    expect(await probe.inspect(context)).toMatchObject({
      faults: [],
      notes: [`pid file ${pidFile} is missing, process ${pid} still runs`],
    });
  });

  test('that is suspended is stopped until it goes on', async () => {
    const {pid} = await named('idle.mjs');
    const probe = createProcessProbe({pidFile});
    signal(pid, 'SIGSTOP');
    await until('stopped', () => probe.read().state === 'stopped');
    expect((await probe.inspect(context)).faults).toEqual([
      {
        probe: 'process',
        kind: 'process_stopped',
        pid,
        traced: false,
        text: `process ${pid} is suspended (SIGSTOP)`,
      },
    ]);
    signal(pid, 'SIGCONT');
    await until('alive', () => probe.read().state === 'alive');
  });

  test('that is dead, but not reaped, is a zombie', async () => {
    const {line} = await start(['sh', '-c', 'sleep 0.1 & echo $!; exec sleep 60']);
    writeFileSync(pidFile, line);
    const probe = createProcessProbe({pidFile, processName: 'sleep'});
    await until('zombie', () => probe.read().state === 'zombie');
    expect((await probe.inspect(context)).faults).toMatchObject([
      {kind: 'process_zombie', pid: Number(line)},
    ]);
  });

  test('that is another program than the one configured is a mismatch, and nobody to signal', async () => {
    const {pid} = await named('idle.mjs');
    const probe = createProcessProbe({pidFile, processName: 'python'});
    expect((await probe.inspect(context)).faults).toMatchObject([
      {
        kind: 'process_mismatch',
        pid,
        text: expect.stringMatching(/idle\.mjs", expected a name with "python"$/),
      },
    ]);
    expect(probe.identity()).toBeUndefined();
    expect(createProcessProbe({pidFile, processName: 'IDLE'}).read().state).toBe('alive');
  });

  test('that is younger than the file by far is not believed to be the one that is meant', async () => {
    const {pid} = await named('idle.mjs');
    utimesSync(pidFile, new Date(Date.now() - 3_600_000), new Date(Date.now() - 3_600_000));
    const probe = createProcessProbe({pidFile});
    expect(probe.read()).toEqual({
      state: 'unknown',
      reason: expect.stringContaining(`is older than process ${pid}, which it names`),
    });
    expect(probe.identity()).toBeUndefined();
  });

  test('without any pid file is missing, and with one that names nobody is gone', async () => {
    const probe = createProcessProbe({pidFile});
    expect(await probe.inspect(context)).toEqual({
      readings: {process: {state: 'gone', via: 'pid-file', pid: undefined, pidFile: 'missing'}},
      faults: [
        {probe: 'process', kind: 'pid_file_missing', text: `pid file ${pidFile} is missing`},
      ],
    });
    writeFileSync(pidFile, String(FREE_PID));
    expect((await probe.inspect(context)).faults).toMatchObject([
      {kind: 'process_gone', pid: FREE_PID},
    ]);
  });

  test('in a file that cannot be believed is unknown, which is a warning and no fault', async () => {
    writeFileSync(pidFile, 'abc');
    const {faults, warnings, notes, readings} = await createProcessProbe({pidFile}).inspect(
      context,
    );
    expect({faults, notes, state: readings.process?.state}).toEqual({
      faults: [],
      notes: undefined,
      state: 'unknown',
    });
    expect(warnings).toEqual([
      {
        probe: 'process',
        kind: 'pid_file_invalid',
        text: `pid file ${pidFile} contains "abc", expected only digits; try: cat ${pidFile}`,
      },
    ]);
  });

  test('in a file that is empty for a moment is not warned about, and in one that stays empty it is', async () => {
    writeFileSync(pidFile, '');
    const probe = createProcessProbe({pidFile});
    expect(await probe.inspect(context)).toMatchObject({
      faults: [],
      notes: [expect.stringContaining('is empty')],
    });
    utimesSync(pidFile, new Date(), new Date(Date.now() - 10_000));
    expect(await probe.inspect(context)).toMatchObject({
      faults: [],
      warnings: [
        {
          kind: 'pid_file_invalid',
          text: `pid file ${pidFile} is empty, expected a number; try: ls -l ${pidFile}`,
        },
      ],
    });
  });

  test('that is gone while its file cannot be believed is gone', async () => {
    const {pid} = await named('idle.mjs');
    const probe = createProcessProbe({pidFile});
    probe.read();
    writeFileSync(pidFile, 'abc');
    signal(pid, 'SIGKILL');
    await until('gone', () => probe.read().state === 'gone');
    expect(await probe.inspect(context)).toEqual({
      readings: {process: expect.objectContaining({state: 'gone', pid})},
      faults: [expect.objectContaining({kind: 'process_gone', pid})],
      warnings: [expect.objectContaining({kind: 'pid_file_invalid'})],
    });
  });

  test('owns its family, and while nobody is known everybody', async () => {
    const stranger = await startProgram('idle.mjs');
    const probe = createProcessProbe({pidFile});
    expect(probe.owns(stranger.pid)).toBe(true);
    const {line} = await named('family.mjs');
    probe.read();
    expect([probe.owns(Number(line)), probe.owns(stranger.pid)]).toEqual([true, false]);
  });
});

describe('a process found by its port', () => {
  test('is found at the first thorough look, and again after it was replaced', async () => {
    // Words of its own: another process of the same program would be a sign of its restart.
    const first = await startProgram('answers.mjs', ['0', '', `${pidFile}.own`]);
    const port = Number(first.line);
    const probe = createProcessProbe({port});
    expect(probe.read().state).toBe('unknown');
    expect((await probe.inspect(context)).readings.process).toMatchObject({
      state: 'alive',
      via: 'port',
      identity: {pid: first.pid},
    });
    signal(first.pid, 'SIGKILL');
    await until('gone', () => probe.read().state === 'gone');
    expect((await probe.inspect(context)).faults).toEqual([
      {
        probe: 'process',
        kind: 'process_gone',
        pid: first.pid,
        text: `process ${first.pid} is gone`,
      },
    ]);
    const second = await startProgram('answers.mjs', [String(port)]);
    expect((await probe.inspect(context)).readings.process).toMatchObject({
      state: 'alive',
      identity: {pid: second.pid},
    });
  });

  test('is unknown while nobody listens or a program by another name does, which is no fault', async () => {
    expect(await createProcessProbe({port: 1}).inspect(context)).toEqual({
      readings: {process: {state: 'unknown', reason: 'nothing has listened on port 1 yet'}},
      faults: [],
      notes: ['process unknown: nothing has listened on port 1 yet'],
    });
    const {pid, line} = await startProgram('answers.mjs');
    const probe = createProcessProbe({port: Number(line), processName: 'python'});
    expect((await probe.inspect(context)).readings.process).toEqual({
      state: 'unknown',
      reason: expect.stringContaining(`port ${line} is held by process ${pid}`),
    });
    expect(probe.owns(pid)).toBe(false);
  });
});

describe('a child of our own', () => {
  test('is read by its identity, and its exit is told', async () => {
    const {info} = await startProgram('idle.mjs');
    const child: {
      identity?: ProcessIdentity;
      lastPid?: number;
      exit?: string;
      daemonises?: boolean;
    } = {};
    const probe = createProcessProbe({
      child: {
        identity: () => child.identity,
        isDaemonising: () => child.daemonises ?? false,
        lastPid: () => child.lastPid,
        logFile: '/var/lib/agent2/service.log',
        exit: () => child.exit,
        startFailure: () => undefined,
      },
    });
    expect(probe.read()).toMatchObject({state: 'unknown'});
    child.identity = {pid: info.pid, startKey: info.startKey};
    expect(probe.read()).toMatchObject({state: 'alive', via: 'child', identity: child.identity});
    signal(info.pid, 'SIGKILL');
    child.identity = undefined;
    child.daemonises = true;
    expect(probe.read()).toEqual({
      state: 'unknown',
      reason: 'it ended with exit code 0, and may run on in the background',
    });
    child.daemonises = false;
    child.exit = 'signal SIGKILL';
    expect(probe.read()).toEqual({
      state: 'gone',
      via: 'child',
      pid: info.pid,
      pidFile: 'none',
      exit: 'signal SIGKILL',
      log: '/var/lib/agent2/service.log',
    });
    expect((await probe.inspect(context)).faults).toMatchObject([
      {
        kind: 'process_gone',
        text: `process ${info.pid} ended with signal SIGKILL; its output is in /var/lib/agent2/service.log`,
      },
    ]);
    // The next one ends before anybody looks.
    child.lastPid = 4_000_001;
    child.exit = 'exit code 0';
    expect(probe.read()).toMatchObject({state: 'gone', pid: 4_000_001, exit: 'exit code 0'});
  });
});

/** Starts a program and writes its pid to the pid file. */
async function named(name: string, ...args: string[]) {
  const started = await startProgram(name, args);
  writeFileSync(pidFile, `${started.pid}\n`);
  return started;
}
