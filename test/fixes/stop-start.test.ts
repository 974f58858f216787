import {readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import type {FixRequest} from '../../source/core/model/effect.ts';
import {render} from '../../source/core/text/say.ts';
import {definition, type CommandOptions} from '../../source/fixes/command.ts';
import {
  program,
  startProgram,
  temporaryDirectory,
  type Started,
} from '../fixtures/services/start.ts';
import {cleanUp, onCleanup} from '../helpers/cleanup.ts';
import {context, request, setup} from '../helpers/fix.ts';
import {isAlive, processesNaming, processState, signal} from '../helpers/processes.ts';
import {until, within} from '../helpers/until.ts';

let directory: string;

beforeEach(() => {
  directory = temporaryDirectory();
});
afterEach(cleanUp);

function restart(
  options: CommandOptions,
  old?: Started,
  more: Partial<FixRequest> = {},
  stopTimeoutMs = 2_000,
) {
  return definition
    .create(options, {...setup(), stopTimeoutMs})
    .restart({...request, process: old?.info, ...more}, context());
}

function started(): boolean {
  try {
    return readFileSync(join(directory, 'started'), 'utf8') !== '';
  } catch {
    return false;
  }
}

/** Starts nothing, but leaves a mark. */
const start = () => ['sh', '-c', `echo yes >${directory}/started`] as const;
const kill = ({pid}: Started, name = 'TERM') => ['kill', `-${name}`, String(pid)] as const;

describe('the fix by stop and start', () => {
  test('starts once the old process is gone', async () => {
    const old = await startProgram('idle.mjs');
    expect(await restart({stop: kill(old), start: start()}, old)).toEqual({
      kind: 'done',
      detail: 'stop: kill done; start: sh done',
    });
    expect(isAlive(old.pid)).toBe(false);
    expect(started()).toBe(true);
  });

  test('waits for a stop that takes its time', async () => {
    const old = await startProgram('idle.mjs');
    const stop = ['sh', '-c', `(sleep 0.3; kill ${old.pid}) >/dev/null 2>&1 &`] as const;
    expect(await restart({stop, start: start()}, old)).toEqual({
      kind: 'done',
      detail: 'stop: sh done; start: sh done',
    });
    expect(isAlive(old.pid)).toBe(false);
  });

  test('ends a process that its stop did not end, and only then starts', async () => {
    const old = await startProgram('stubborn.mjs');
    expect(await restart({stop: kill(old), start: start()}, old, {}, 200)).toEqual({
      kind: 'done',
      detail: expect.stringMatching(
        new RegExp(
          `^stop: kill done; old process ${old.pid} stopped by SIGKILL in \\d+ ms; start: sh done$`,
        ),
      ) as string,
    });
    expect(isAlive(old.pid)).toBe(false);
  });

  test('ends the process itself when its stop fails, without waiting first', async () => {
    const old = await startProgram('idle.mjs');
    expect(
      await restart(
        {stop: ['sh', '-c', 'echo no pid file; exit 4'], start: start()},
        old,
        {},
        60_000,
      ),
    ).toMatchObject({
      kind: 'done',
      detail: expect.stringMatching(
        /^stop: sh exited with code 4: no pid file; old process \d+ stopped by SIGTERM in .*; start: sh done$/,
      ) as string,
    });
  });

  test('starts what is gone already, whatever its stop says to that', async () => {
    const old = await startProgram('idle.mjs');
    signal(old.pid, 'SIGKILL');
    await until('it is gone and reaped', () => processState(old.pid) === undefined);
    expect(
      await restart({stop: ['sh', '-c', 'echo not running; exit 1'], start: start()}, old),
    ).toEqual({kind: 'done', detail: 'stop: sh exited with code 1: not running; start: sh done'});
    expect(started()).toBe(true);
  });

  test('says how its start failed', async () => {
    expect(
      await restart({stop: ['true'], start: ['sh', '-c', 'echo port in use >&2; exit 98']}),
    ).toEqual({
      kind: 'failed',
      detail: 'stop: true done; start: sh exited with code 98: port in use',
    });
  });

  test('leaves what its start put into the background running, and able to write', async () => {
    const pidFile = join(directory, 'web.pid');
    const fixSetup = setup();
    const fix = definition.create(
      {stop: ['true'], start: [process.execPath, program('daemonise.mjs'), 'idle.mjs', pidFile]},
      fixSetup,
    );
    expect(await fix.restart(request, context())).toMatchObject({kind: 'done'});
    const pid = Number(readFileSync(pidFile, 'utf8'));
    onCleanup(() => void signal(pid, 'SIGKILL'));
    await until('it writes', () =>
      readFileSync(join(fixSetup.stateDir, 'fix-output.log'), 'utf8').includes('ready'),
    );
    expect(isAlive(pid)).toBe(true);
  });

  test('ends a start that stays in the foreground with its whole group, and says where that belongs', async () => {
    const stays = ['sh', '-c', 'sh -c "sleep 60; :" "$0" & echo ready; wait', directory] as const;
    expect(await restart({start: stays, timeoutMs: 1_000})).toEqual({
      kind: 'failed',
      detail:
        'start: sh did not end within 1.0 s and was stopped: ready; if it only needs longer: --restart-timeout 2m, or fix.timeout in the config; a command that keeps running belongs after --: agent2 URL -- CMD',
    });
    expect(processesNaming(directory)).toEqual([]);
  });

  test('never ends a process that is known by its port alone; a stop that went well is believed', async () => {
    const old = await startProgram('idle.mjs', [directory]);
    expect(await restart({stop: ['true'], start: start()}, old, {mayStop: false}, 100)).toEqual({
      kind: 'done',
      detail: `stop: true done; process ${old.pid} still runs, and no pid file says that it is this service, so agent2 did not stop it; start: sh done`,
    });
    expect(isAlive(old.pid)).toBe(true);
  });

  test('that is cancelled while it waits starts nothing', async () => {
    const old = await startProgram('stubborn.mjs');
    const {controller, ...rest} = context();
    const asked = new Promise(resolve => old.process.stdout?.once('data', resolve));
    const outcome = definition
      .create({stop: kill(old), start: start()}, {...setup(), stopTimeoutMs: 60_000})
      .restart({...request, process: old.info}, rest);
    await within('it was asked to end', asked);
    controller.abort();
    expect(await outcome).toMatchObject({kind: 'failed'});
    expect(isAlive(old.pid)).toBe(true);
    expect(started()).toBe(false);
  });
});

describe('the fix by start alone', () => {
  test('ends the old process first', async () => {
    const old = await startProgram('idle.mjs');
    expect(await restart({start: start()}, old)).toMatchObject({
      kind: 'done',
      detail: expect.stringMatching(
        /^old process \d+ stopped by SIGTERM in .*; start: sh done$/,
      ) as string,
    });
    expect(isAlive(old.pid)).toBe(false);
  });

  test('ends also one that is suspended', async () => {
    const old = await startProgram('idle.mjs');
    signal(old.pid, 'SIGSTOP');
    await until('it is suspended', () => processState(old.pid) === 'T');
    expect(await restart({start: start()}, old)).toMatchObject({
      kind: 'done',
      detail: expect.stringContaining('stopped by SIGTERM') as string,
    });
  });

  test('starts nothing beside a process that it may not end, and says the way out', async () => {
    const old = await startProgram('idle.mjs');
    expect(await restart({start: start()}, old, {mayStop: false})).toEqual({
      kind: 'failed',
      detail: `process ${old.pid} still runs, and no pid file says that it is this service, so agent2 did not stop it; give the target a pid file, or the fix a stop command`,
    });
    expect(isAlive(old.pid)).toBe(true);
    expect(started()).toBe(false);
  });

  test('names the process of a pid file that means another one', async () => {
    const old = await startProgram('idle.mjs');
    const pidFile = join(setup().stateDir, 'other.pid');
    const told = async (pid: number) => {
      writeFileSync(pidFile, `${pid}\n`);
      const outcome = await definition
        .create({start: start()}, {...setup(), port: 8080, pidFile})
        .restart({...request, process: old.info, mayStop: false}, context());
      return 'detail' in outcome && render(outcome.detail ?? '');
    };
    expect(await told(process.pid)).toBe(
      `process ${old.pid} still runs, but the pid file names process ${process.pid}, which does not hold port 8080, so agent2 did not stop it; give the target the right pid file, or the fix a stop command`,
    );
    expect(await told(old.pid)).toContain('nothing but its pid file says that it is this service');
    expect(isAlive(old.pid)).toBe(true);
  });

  test('signals nobody else who has the pid of the old process by now', async () => {
    const other = await startProgram('idle.mjs');
    expect(
      await restart({start: start()}, {...other, info: {...other.info, startKey: 'another'}}),
    ).toEqual({kind: 'done', detail: 'start: sh done'});
    expect(isAlive(other.pid)).toBe(true);
  });
});

describe('the output of a fix', () => {
  test('is that of all its steps, and of its last attempt only', async () => {
    const fixSetup = setup();
    writeFileSync(join(fixSetup.stateDir, 'fix-output.log'), 'of the attempt before\n');
    await definition
      .create({stop: ['echo', 'stopping'], start: ['echo', 'starting']}, fixSetup)
      .restart(request, context());
    expect(readFileSync(join(fixSetup.stateDir, 'fix-output.log'), 'utf8')).toBe(
      'stopping\nstarting\n',
    );
  });

  test('of a command that never stops talking is cut to its last 64 KiB, also while it runs', async () => {
    const fixSetup = setup();
    const file = join(fixSetup.stateDir, 'fix-output.log');
    const outcome = definition
      .create({restart: ['yes', 'x'.repeat(200)], timeoutMs: 1_000}, fixSetup)
      .restart(request, context());
    let last = 0;
    await until('it is cut while the command runs', () => {
      const before = last;
      last = statSync(file, {throwIfNoEntry: false})?.size ?? 0;
      return last < before;
    });
    expect(await outcome).toMatchObject({
      kind: 'failed',
      detail: expect.stringMatching(/^yes did not end within 1.0 s and was stopped: x+/) as string,
    });
    expect(statSync(file).size).toBeLessThanOrEqual(65_536);
  });
});
