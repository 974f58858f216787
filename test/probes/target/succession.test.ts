import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {mayEnd} from '../../../source/core/fix/may-signal.ts';
import {describeProcess} from '../../../source/io/process/processes.ts';
import {createProcessProbe, type ProcessProbe} from '../../../source/probes/target/process.ts';
import {program, start, startProgram, temporaryDirectory} from '../../fixtures/services/start.ts';
import {findListener} from '../../../source/io/net/listeners.ts';
import {cleanUp} from '../../helpers/cleanup.ts';
import {freePort} from '../../helpers/port.ts';
import {childrenOf, processState, signal} from '../../helpers/processes.ts';
import {until} from '../../helpers/until.ts';

let pidFile: string;

beforeEach(() => {
  pidFile = join(temporaryDirectory(), 'web.pid');
});
afterEach(cleanUp);

const aborting = new AbortController().signal;
const context = {signal: aborting, timeoutMs: 2_000, slowMs: 1_000};

describe('after the end of the process that held the port, a pid file that names', () => {
  test('an older process of another program is not believed, and nobody is signalled for it', async () => {
    const bystander = await idle('bystander');
    const service = await proven();
    name(bystander.pid);
    await end(service);
    const {probe} = service;
    expect(probe.read()).toMatchObject({state: 'gone', pid: service.pid});
    for (let looks = 0; looks < 2; looks++)
      expect(await probe.inspect(context)).toMatchObject({
        // The number in the file is no sign of a restart either.
        faults: [{kind: 'process_gone', pid: service.pid}],
        readings: {process: {state: 'gone', pid: service.pid}},
        warnings: [
          {
            kind: 'pid_file_invalid',
            text: expect.stringMatching(
              new RegExp(
                `web\\.pid names process ${bystander.pid} \\(.*idle.*bystander\\), which is older than the end of process ${service.pid} and no relative of it`,
              ),
            ),
          },
        ],
      });
    expect(await probe.confirm(aborting, false)).toBeUndefined();
    expect(probe.identity()?.pid).toBe(service.pid);
  });

  test('a process of another executable that began while it lived is not believed', async () => {
    const service = await proven();
    const bystander = await start(['sh', '-c', 'echo up; exec sleep 63']);
    const startedAt = describeProcess(bystander.pid)?.startedAt ?? Infinity;
    await until('the start is longer ago than it is rounded', () => Date.now() - startedAt > 100);
    expect(service.probe.read().state).toBe('alive');
    name(bystander.pid);
    await end(service);
    expect(await service.probe.inspect(context)).toMatchObject({
      faults: [{kind: 'process_gone', pid: service.pid}],
      warnings: [{kind: 'pid_file_invalid'}],
    });
  });

  test('a process of the same executable that began while it lived is not believed, but a sign that somebody may be restarting it', async () => {
    const service = await proven();
    const bystander = await idle('younger');
    expect(service.probe.read().state).toBe('alive');
    name(bystander.pid);
    await end(service);
    const seen = await service.probe.inspect(context);
    expect(seen).toMatchObject({
      readings: {process: {state: 'gone', pid: service.pid}},
      warnings: [{kind: 'pid_file_invalid'}],
    });
    expect(seen.faults.map(({kind}) => kind)).toEqual(['process_gone', 'being_restarted']);
    expect(service.probe.identity()?.pid).toBe(service.pid);
  });

  test('a process without the configured name is told as another program', async () => {
    const bystander = await idle('unnamed');
    const service = await proven(0, 'answers.mjs');
    name(bystander.pid);
    await end(service);
    expect((await service.probe.inspect(context)).faults).toMatchObject([
      {kind: 'process_mismatch', pid: bystander.pid},
    ]);
    expect(mayEnd(service.probe.read())).toBe(false);
  });

  test('the parent of it and of agent2 is not believed, and told as what it is', async () => {
    const service = await proven();
    name(process.pid);
    await end(service);
    expect(await service.probe.inspect(context)).toMatchObject({
      readings: {process: {state: 'gone', pid: service.pid}},
      warnings: [
        {
          text: expect.stringContaining(
            `an ancestor of process ${service.pid} and of agent2 as well`,
          ),
        },
      ],
    });
  });

  test('a zombie is not believed', async () => {
    const parent = await start(['sh', '-c', 'sleep 0.01 & echo up; exec sleep 61']);
    const [zombie = 0] = childrenOf(parent.pid);
    await until('it is a zombie', () => processState(zombie) === 'Z');
    const service = await proven();
    name(zombie);
    await end(service);
    expect(await service.probe.inspect(context)).toMatchObject({
      readings: {process: {state: 'gone', pid: service.pid}},
      warnings: [{kind: 'pid_file_invalid'}],
    });
  });

  test('a process that began later is the service', async () => {
    const service = await proven();
    await end(service);
    expect(service.probe.read().state).toBe('gone');
    const next = await idle('next');
    name(next.pid);
    expect(await service.probe.inspect(context)).toMatchObject({
      faults: [],
      readings: {process: {state: 'alive', identity: {pid: next.pid}}},
    });
    expect(mayEnd(service.probe.read())).toBe(true);
  });

  test('another run of its program that began while it lived is the service', async () => {
    const service = await proven();
    const next = await answers();
    name(next.pid);
    await end(service);
    expect(await service.probe.inspect(context)).toMatchObject({
      readings: {process: {state: 'alive', identity: {pid: next.pid}}},
    });
  });

  test('an older process is the service as soon as that holds the port', async () => {
    const port = await freePort();
    const standby = await start([
      process.execPath,
      '-e',
      `const server = require('node:net').createServer();
       process.on('SIGUSR2', () => server.listen(${port}, '127.0.0.1'));
       setTimeout(() => process.exit(), 60_000);
       console.log('up')`,
    ]);
    const service = await proven(port);
    name(standby.pid);
    await end(service);
    expect((await service.probe.inspect(context)).readings).toMatchObject({
      process: {state: 'gone', pid: service.pid},
    });
    signal(standby.pid, 'SIGUSR2');
    await until('it listens', async () => (await findListener(port)) !== undefined);
    expect(await service.probe.inspect(context)).toMatchObject({
      faults: [],
      readings: {process: {state: 'alive', identity: {pid: standby.pid}, atPort: 'same'}},
    });
  });

  test('the launcher of it is believed, as a relative', async () => {
    const launcher = await start(['sh', '-c', `${quoted('answers.mjs')} & wait; exec sleep 62`]);
    const [child = 0] = childrenOf(launcher.pid);
    const probe = createProcessProbe({pidFile, port: Number(launcher.line)});
    name(child);
    await probe.inspect(context);
    await probe.confirm(aborting, true);
    name(launcher.pid);
    await end({pid: child, probe});
    expect(await probe.inspect(context)).toMatchObject({
      readings: {process: {state: 'alive', identity: {pid: launcher.pid}}},
    });
  });

  test('anybody is believed by an agent2 that starts now, as it knows nobody', async () => {
    const bystander = await idle('first');
    name(bystander.pid);
    expect(createProcessProbe({pidFile, port: 1}).read()).toMatchObject({
      state: 'alive',
      identity: {pid: bystander.pid},
    });
  });

  test('anybody is believed where the process before never proved to be the service', async () => {
    const other = await idle('right');
    const wrong = await idle('wrong');
    name(wrong.pid);
    const probe = createProcessProbe({pidFile, port: 1});
    await probe.inspect(context);
    name(other.pid);
    await end({pid: wrong.pid, probe});
    expect(await probe.inspect(context)).toMatchObject({
      readings: {process: {state: 'alive', identity: {pid: other.pid}}},
    });
  });
});

describe('while the service lives, a pid file that names an older process of another program', () => {
  test('is not believed when the port is closed', async () => {
    const bystander = await idle('bystander');
    const service = await proven();
    signal(service.pid, 'SIGUSR2');
    await until('its port is closed', async () => (await findListener(service.port)) === undefined);
    name(bystander.pid);
    for (let looks = 0; looks < 2; looks++)
      expect(await service.probe.inspect(context)).toMatchObject({
        faults: [],
        readings: {process: {state: 'alive', identity: {pid: service.pid}}},
        warnings: [
          {
            kind: 'pid_file_invalid',
            text: expect.stringMatching(
              new RegExp(
                `names process ${bystander.pid} \\(.*\\), which is no relative of process ${service.pid}, and that still runs`,
              ),
            ),
          },
        ],
      });
    expect(service.probe.identity()?.pid).toBe(service.pid);
  });

  test('is not believed without a port either, once the checks were good, and not after its end', async () => {
    const bystander = await idle('bystander');
    const service = await idle('worker');
    name(service.pid);
    const probe = createProcessProbe({pidFile});
    await probe.inspect(context);
    await probe.confirm(aborting, true);
    name(bystander.pid);
    expect(await probe.inspect(context)).toMatchObject({
      faults: [],
      readings: {process: {state: 'alive', identity: {pid: service.pid}}},
      warnings: [{kind: 'pid_file_invalid'}],
    });
    await end({pid: service.pid, probe});
    expect(await probe.inspect(context)).toMatchObject({
      faults: [{kind: 'process_gone', pid: service.pid}],
      warnings: [{kind: 'pid_file_invalid'}],
    });
    expect(probe.identity()?.pid).toBe(service.pid);
  });
});

/** Arguments that no other test gives: another process of the same program would be a sign of a restart. */
const ownWords = (port = 0) => [String(port), 'closes', `${pidFile}.own`];
const answers = () => startProgram('answers.mjs', ownWords());
const idle = (word: string) => startProgram('idle.mjs', [`${pidFile}.${word}`]);
const quoted = (file: string) =>
  [process.execPath, program(file), ...ownWords()].map(word => `'${word}'`).join(' ');

/** A service that answered while its process held the port. */
async function proven(
  wanted = 0,
  processName?: string,
): Promise<{pid: number; port: number; probe: ProcessProbe}> {
  const {pid, line} = await startProgram('answers.mjs', ownWords(wanted));
  name(pid);
  const port = Number(line);
  const probe = createProcessProbe({pidFile, processName, port, host: () => '127.0.0.1'});
  await probe.inspect(context);
  expect((await probe.confirm(aborting, true))?.readings.process).toMatchObject({atPort: 'same'});
  return {pid, port, probe};
}

async function end({pid, probe}: {pid: number; probe: ProcessProbe}): Promise<void> {
  signal(pid, 'SIGKILL');
  await until('it has ended', () => ['Z', undefined].includes(processState(pid)));
  await until('its end is seen', () => !sees(probe, pid));
}

function sees(probe: ProcessProbe, pid: number): boolean {
  const reading = probe.read();
  return reading.state !== 'gone' && 'identity' in reading && reading.identity.pid === pid;
}

function name(pid: number): void {
  writeFileSync(pidFile, `${pid}\n`);
}
