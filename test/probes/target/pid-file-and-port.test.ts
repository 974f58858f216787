import {rmSync, utimesSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {mayEnd} from '../../../source/core/fix/may-signal.ts';
import {createProcessProbe, type ProcessProbe} from '../../../source/probes/target/process.ts';
import {readProcess} from '../../../source/io/process/processes.ts';
import {cleanUp} from '../../helpers/cleanup.ts';
import {childrenOf, signal} from '../../helpers/processes.ts';
import {until} from '../../helpers/until.ts';
import {program, start, startProgram, temporaryDirectory} from '../../fixtures/services/start.ts';

let pidFile: string;

beforeEach(() => {
  pidFile = join(temporaryDirectory(), 'web.pid');
});
afterEach(cleanUp);

const aborting = new AbortController().signal;
const context = {signal: aborting, timeoutMs: 2_000, slowMs: 1_000};
const FREE_PID = 4_194_303;

describe('a pid file that names the holder of the port', () => {
  test('is believed, which costs no further search', async () => {
    const service = await served();
    name(service.pid);
    const {probe} = service;
    expect(await probe.inspect(context)).toMatchObject({
      readings: {process: {state: 'alive', via: 'pid-file', identity: {pid: service.pid}}},
    });
    expect(mayEnd(probe.read())).toBe(true);
    const confirmed = await probe.confirm(aborting, true);
    expect(confirmed).toMatchObject({faults: [], readings: {process: {atPort: 'same'}}});
    expect(confirmed?.warnings).toBeUndefined();
    expect(probe.read()).toMatchObject({atPort: 'same'});
    expect(await probe.confirm(aborting, true)).toBeUndefined();
  });

  test('is believed whatever its date', async () => {
    const service = await served();
    name(service.pid, 3_600);
    expect(await service.probe.inspect(context)).toEqual({
      faults: [],
      readings: {
        process: expect.objectContaining({
          via: 'pid-file',
          identity: {pid: service.pid, startKey: service.startKey},
          atPort: 'same',
        }),
      },
    });
    signal(service.pid, 'SIGSTOP');
    await until('it is stopped', () => service.probe.read().state === 'stopped');
    expect(mayEnd(service.probe.read())).toBe(true);
  });

  test('late is believed from then on, and until then the port tells who it is', async () => {
    const service = await served();
    expect(await service.probe.inspect(context)).toMatchObject({
      faults: [],
      readings: {process: {state: 'alive', via: 'port', identity: {pid: service.pid}}},
      warnings: [
        {
          kind: 'pid_file_invalid',
          text: expect.stringMatching(
            /web\.pid is missing; port \d+ is held by process \d+ \(.*answers/,
          ),
        },
      ],
    });
    name(service.pid);
    expect(await service.probe.inspect(context)).toEqual({
      faults: [],
      readings: {process: expect.objectContaining({state: 'alive', via: 'pid-file'})},
    });
  });
});

describe('a pid file that names a process which never held the port', () => {
  test('is warned about once the service is well, and nobody is signalled for it', async () => {
    const service = await served();
    const bystander = await startProgram('idle.mjs');
    name(bystander.pid);
    await service.probe.inspect(context);
    const warned = {
      faults: [],
      readings: {process: {state: 'alive', via: 'port', identity: {pid: service.pid}}},
      warnings: [
        {
          kind: 'pid_file_invalid',
          text: expect.stringMatching(
            new RegExp(
              `names process ${bystander.pid} \\(.*idle.*\\), but port \\d+ is held by process ${service.pid} \\(.*answers.*which is no relative`,
            ),
          ),
        },
      ],
    };
    expect(await service.probe.confirm(aborting, true)).toMatchObject(warned);
    expect(await service.probe.inspect(context)).toMatchObject(warned);
    expect(mayEnd(service.probe.read())).toBe(false);
    expect(service.probe.identity()?.pid).toBe(service.pid);
    // The bystander counts for nothing, whatever becomes of it.
    signal(bystander.pid, 'SIGSTOP');
    expect(await service.probe.inspect(context)).toMatchObject(warned);
    signal(service.pid, 'SIGKILL');
    await until('the service is gone', () => service.probe.read().state === 'gone');
    expect(mayEnd((await service.probe.inspect(context)).readings.process)).toBe(false);
  });

  test('never becomes the service, also when that dies', async () => {
    const service = await served();
    const bystander = await startProgram('idle.mjs');
    name(bystander.pid);
    await service.probe.inspect(context);
    await service.probe.confirm(aborting, true);
    signal(service.pid, 'SIGKILL');
    await until('the service is gone', () => service.probe.read().state === 'gone');
    for (let looks = 0; looks < 2; looks++)
      expect(await service.probe.inspect(context)).toMatchObject({
        // Programs of other tests may look like a deploy, which is a fault beside it.
        faults: expect.arrayContaining([
          expect.objectContaining({kind: 'process_gone', pid: service.pid}),
        ]),
        readings: {process: {state: 'gone', pid: service.pid}},
      });
    expect(service.probe.identity()?.pid).toBe(service.pid);
  });

  test('is the service when it is a new run of that, which has ended', async () => {
    const service = await served();
    name(service.pid);
    await service.probe.inspect(context);
    const next = await answers();
    name(next.pid);
    await service.probe.inspect(context);
    signal(service.pid, 'SIGKILL');
    await until('the service is gone', () => service.probe.read().state === 'gone');
    expect(await service.probe.inspect(context)).toMatchObject({
      faults: [],
      readings: {process: {state: 'alive', identity: {pid: next.pid}, atPort: 'stranger'}},
    });
  });

  test('signals nobody when the service was never well either', async () => {
    const service = await served();
    name((await startProgram('idle.mjs')).pid);
    await service.probe.inspect(context);
    expect(await service.probe.confirm(aborting, false)).toMatchObject({
      warnings: [{kind: 'pid_file_invalid'}],
    });
    expect(mayEnd(service.probe.read())).toBe(false);
    signal(service.pid, 'SIGKILL');
    await until('the port is free', async () => {
      await service.probe.confirm(aborting, false);
      return !(await service.probe.confirm(aborting, false))?.warnings;
    });
    expect(mayEnd(service.probe.read())).toBe(false);
  });

  test('and that is suspended is no suspended service', async () => {
    const service = await served();
    const bystander = await startProgram('idle.mjs');
    name(bystander.pid);
    signal(bystander.pid, 'SIGSTOP');
    await until('it is stopped', () => service.probe.read().state === 'stopped');
    expect(await service.probe.inspect(context)).toMatchObject({
      faults: [],
      readings: {process: {state: 'alive', identity: {pid: service.pid}}},
    });
  });

  test('stays the one to inspect when it serves elsewhere, maybe behind the holder, and is not signalled', async () => {
    const front = await served();
    const app = await answers();
    name(app.pid);
    await front.probe.inspect(context);
    const warned = {
      faults: [],
      readings: {process: {state: 'alive', via: 'pid-file', identity: {pid: app.pid}}},
      warnings: [{kind: 'pid_file_invalid', text: expect.stringContaining('is no relative')}],
    };
    expect(await front.probe.confirm(aborting, true)).toMatchObject(warned);
    expect(await front.probe.inspect(context)).toMatchObject(warned);
    expect(mayEnd(front.probe.read())).toBe(false);
    // Whether that matters, only the answers tell.
    signal(app.pid, 'SIGSTOP');
    await until('it is stopped', () => readProcess(app.pid)?.state === 'stopped');
    const unsure = {faults: [], readings: {process: {state: 'unknown'}}};
    expect(await front.probe.inspect(context)).toMatchObject(unsure);
    expect(await front.probe.confirm(aborting, false)).toMatchObject(unsure);
    expect(front.probe.read().state).toBe('unknown');
    signal(app.pid, 'SIGKILL');
    await until('it is gone', () => front.probe.read().state === 'gone');
    expect((await front.probe.inspect(context)).faults).toMatchObject([
      {kind: 'process_gone', pid: app.pid},
    ]);
  });

  test('stays the one to inspect when it serves elsewhere and the file is older than it', async () => {
    const front = await served();
    const app = await answers();
    name(app.pid, 20);
    for (let looks = 0; looks < 2; looks++)
      expect(await front.probe.inspect(context)).toMatchObject({
        faults: [],
        readings: {process: {state: 'alive', identity: {pid: app.pid}, atPort: 'stranger'}},
        warnings: [{kind: 'pid_file_invalid'}],
      });
    expect(mayEnd(front.probe.read())).toBe(false);
  });

  test('is told as an ancestor where agent2 descends from it as well', async () => {
    const service = await served();
    name(process.pid);
    await service.probe.inspect(context);
    expect((await service.probe.confirm(aborting, true))?.warnings).toMatchObject([
      {
        text: expect.stringMatching(
          new RegExp(
            `names process ${process.pid} \\(.*\\), an ancestor of the holder of port \\d+, process ${service.pid} \\(.*\\), and of agent2 as well`,
          ),
        ),
      },
    ]);
  });

  test('is kept where it alone has the configured name', async () => {
    const {line} = await answers();
    const named = await startProgram('idle.mjs');
    name(named.pid);
    const probe = createProcessProbe({pidFile, port: Number(line), processName: 'idle'});
    await probe.inspect(context);
    await probe.confirm(aborting, true);
    for (let looks = 0; looks < 2; looks++)
      expect(await probe.inspect(context)).toMatchObject({
        faults: [],
        readings: {process: {state: 'alive', identity: {pid: named.pid}}},
        warnings: [{kind: 'pid_file_invalid'}],
      });
    expect(mayEnd(probe.read())).toBe(false);
  });

  test('is overruled also when it was overwritten while the service lived', async () => {
    const service = await served();
    name(service.pid);
    await service.probe.inspect(context);
    const second = await startProgram('idle.mjs');
    name(second.pid);
    expect(await service.probe.inspect(context)).toMatchObject({
      readings: {process: {state: 'alive', identity: {pid: service.pid}}},
      warnings: [{text: expect.stringContaining(`names process ${second.pid} (`)}],
    });
  });

  test('is not believed for a process that got its pid after it was written', async () => {
    const service = await served();
    name((await startProgram('idle.mjs')).pid, 20);
    expect(await service.probe.inspect(context)).toMatchObject({
      faults: [],
      readings: {process: {via: 'port', identity: {pid: service.pid}}},
      warnings: [{kind: 'pid_file_invalid'}],
    });
  });
});

describe('a pid file that names a launcher', () => {
  test('whose child serves is believed, and the child is the service when the launcher ends', async () => {
    const launcher = await start([
      'sh',
      '-c',
      `${process.execPath} ${program('answers.mjs')} ${ownWords()
        .map(word => `'${word}'`)
        .join(' ')} & wait`,
    ]);
    const [child = 0] = childrenOf(launcher.pid);
    const probe = createProcessProbe({pidFile, port: Number(launcher.line)});
    name(launcher.pid);
    await probe.inspect(context);
    expect((await probe.confirm(aborting, true))?.readings.process).toMatchObject({
      identity: {pid: launcher.pid},
      atPort: 'relative',
    });
    signal(launcher.pid, 'SIGKILL');
    await until('it has ended', () => ['gone', 'zombie'].includes(probe.read().state));
    expect(await probe.inspect(context)).toMatchObject({
      faults: [],
      readings: {process: {state: 'alive', via: 'port', identity: {pid: child}}},
      warnings: [
        {text: expect.stringContaining(`process ${launcher.pid} of pid file ${pidFile} has ended`)},
      ],
    });
    signal(child, 'SIGKILL');
    await until('the service is gone', () => probe.read().state === 'gone');
    expect((await probe.inspect(context)).faults).toMatchObject([
      {kind: 'process_gone', pid: child},
    ]);
  });
});

describe('a pid file that names nobody', () => {
  test('says that the service is gone where nobody holds the port, or a stranger', async () => {
    name(FREE_PID);
    expect((await createProcessProbe({pidFile, port: 1}).inspect(context)).faults).toMatchObject([
      {kind: 'process_gone', pid: FREE_PID},
    ]);
    const {probe} = await served();
    expect((await probe.inspect(context)).faults).toMatchObject([{kind: 'process_gone'}]);
  });

  test('says nothing about a service that answers from another machine', async () => {
    name(FREE_PID);
    expect(await createProcessProbe({pidFile, remote: true}).inspect(context)).toMatchObject({
      faults: [],
      readings: {process: {state: 'unknown'}},
      warnings: [
        {kind: 'pid_file_invalid', text: expect.stringContaining('is not to be seen here')},
      ],
    });
  });

  test('because it is damaged leaves the service to be found by its port', async () => {
    const service = await served();
    writeFileSync(pidFile, '\0\0\0\0');
    utimesSync(pidFile, new Date(), new Date(Date.now() - 10_000));
    expect(await service.probe.inspect(context)).toMatchObject({
      faults: [],
      readings: {process: {state: 'alive', via: 'port', identity: {pid: service.pid}}},
      warnings: [{text: expect.stringContaining('is empty')}],
    });
    rmSync(pidFile);
    expect(await service.probe.inspect(context)).toMatchObject({
      readings: {process: {state: 'alive', identity: {pid: service.pid}}},
      warnings: [{text: expect.stringContaining('is missing')}],
    });
  });
});

describe('a pid file that names nobody, while the target answers right', () => {
  test('leaves the holder of the port as the service, whose failures are its own', async () => {
    name(FREE_PID);
    const {pid, probe} = await served();
    await probe.inspect(context);
    expect(await probe.confirm(aborting, false)).toBeUndefined();
    const warned = {
      faults: [],
      readings: {process: {state: 'alive', via: 'port', identity: {pid}}},
      warnings: [{kind: 'pid_file_invalid', text: expect.stringContaining('not to be seen here')}],
    };
    expect(await probe.confirm(aborting, true)).toMatchObject(warned);
    expect(await probe.inspect(context)).toMatchObject(warned);
    expect(probe.owns(pid)).toBe(true);
    expect(mayEnd(probe.read())).toBe(false);
  });
});

describe('a process without the configured name', () => {
  test('is another program until the target answers right, and then the service that is not signalled', async () => {
    const {pid, line} = await answers();
    name(pid);
    const probe = createProcessProbe({pidFile, port: Number(line), processName: 'python'});
    expect((await probe.inspect(context)).faults).toMatchObject([{kind: 'process_mismatch'}]);
    expect(await probe.confirm(aborting, false)).toBeUndefined();
    const warned = {
      faults: [],
      readings: {process: {state: 'alive', identity: {pid}, unnamed: 'python'}},
      warnings: [
        {kind: 'process_mismatch', text: expect.stringContaining('expected a name with "python"')},
      ],
    };
    expect(await probe.confirm(aborting, true)).toMatchObject(warned);
    expect(await probe.inspect(context)).toMatchObject(warned);
    expect(probe.owns(pid)).toBe(true);
    expect(mayEnd(probe.read())).toBe(false);
    signal(pid, 'SIGKILL');
    await until('it is gone', () => ['gone', 'zombie'].includes(probe.read().state));
  });

  test('that never held the port stays another program', async () => {
    const {line} = await answers();
    name((await startProgram('idle.mjs')).pid);
    const probe = createProcessProbe({pidFile, port: Number(line), processName: 'python'});
    await probe.inspect(context);
    expect((await probe.confirm(aborting, true))?.readings).toBeUndefined();
    expect(mayEnd(probe.read())).toBe(false);
  });
});

describe('a process with the configured name', () => {
  test('is the same under any other title', async () => {
    const script = join(dirname(pidFile), 'server.js');
    writeFileSync(
      script,
      "process.on('SIGUSR2', () => (process.title = 'renamed')); console.log('up'); setTimeout(() => {}, 60_000)",
    );
    const titled = await start([process.execPath, script]);
    name(titled.pid);
    const probe = createProcessProbe({pidFile, processName: 'server.js'});
    expect((await probe.inspect(context)).faults).toEqual([]);
    signal(titled.pid, 'SIGUSR2');
    await until('it has another title', async () => {
      const {process: reading} = (await probe.inspect(context)).readings;
      return reading?.state === 'alive' && reading.command === 'renamed';
    });
    expect(createProcessProbe({pidFile, processName: 'node'}).read().state).toBe('alive');
  });
});

/** Arguments that no other test gives: another process of the same program would be a sign of a restart. */
const ownWords = () => ['0', '', `${pidFile}.own`];
const answers = () => startProgram('answers.mjs', ownWords());

/** Starts a service, and a probe that knows its port and the pid file. */
async function served(): Promise<{pid: number; startKey: string; probe: ProcessProbe}> {
  const {pid, line, info} = await answers();
  const probe = createProcessProbe({pidFile, port: Number(line), host: () => '127.0.0.1'});
  return {pid, startKey: info.startKey, probe};
}

/** Writes the pid file, by its date `agoS` seconds ago. */
function name(pid: number, agoS = 0): void {
  writeFileSync(pidFile, `${pid}\n`);
  const at = new Date(Date.now() - agoS * 1000);
  utimesSync(pidFile, at, at);
}
