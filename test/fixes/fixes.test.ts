import {existsSync, readFileSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, describe, expect, test} from 'vitest';
import {definition as child} from '../../source/fixes/child.ts';
import {definition as command} from '../../source/fixes/command.ts';
import {definition as signal} from '../../source/fixes/signal.ts';
import {sameProcess} from '../../source/io/process/processes.ts';
import {program, startProgram} from '../fixtures/services/start.ts';
import {cleanUp, onCleanup} from '../helpers/cleanup.ts';
import {context, request, setup} from '../helpers/fix.ts';
import {until} from '../helpers/until.ts';

afterEach(cleanUp);

describe('the fix by command', () => {
  test('runs it without a shell and tells it the incident in its environment', async () => {
    const options = setup();
    expect(
      await command
        .create({restart: ['sh', '-c', 'env; echo "$0"', '$HOME; *']}, options)
        .restart(request, context()),
    ).toEqual({kind: 'done', detail: 'sh done'});
    const output = readFileSync(join(options.stateDir, 'fix-output.log'), 'utf8');
    for (const line of [
      'AGENT2_TARGET=web',
      'AGENT2_CAUSE=crashed',
      'AGENT2_REASON=process_not_alive',
      'AGENT2_ATTEMPT=3',
      '$HOME; *',
    ])
      expect(output).toContain(`${line}\n`);
    expect(output).toContain('AGENT2_FAULTS=process_gone: process 7 is gone; $(touch x) `y`');
  });

  test('that fails says its exit code and its last line', async () => {
    expect(
      await command
        .create({restart: ['sh', '-c', 'echo first; echo it is broken >&2; exit 3']}, setup())
        .restart(request, context()),
    ).toEqual({kind: 'failed', detail: 'sh exited with code 3: it is broken'});
  });

  test('that is not there says so', async () => {
    expect(
      await command
        .create({restart: ['agent2-no-such-command']}, setup())
        .restart(request, context()),
    ).toEqual({kind: 'failed', detail: 'command not found: agent2-no-such-command'});
  });

  test('stops the old process first when the attempt before it left it running', async () => {
    const {info} = await startProgram('stubborn.mjs');
    const outcome = await command
      .create({restart: ['true']}, {...setup(), stopTimeoutMs: 200})
      .restart({...request, process: info, stopFirst: true}, context());
    expect(outcome).toMatchObject({
      kind: 'done',
      detail: expect.stringContaining(`old process ${info.pid} stopped by SIGKILL`) as string,
    });
    expect(sameProcess(info)?.state ?? 'zombie').toBe('zombie');
  });
});

describe('the fix by signal', () => {
  test('writes the signal, and is done when somebody took it', async () => {
    const options = setup();
    const path = join(options.stateDir, 'restart_signal');
    let signalled = false;
    const outcome = signal.create({}, options).restart(
      request,
      context(() => (signalled = true)),
    );
    await until('written', () => existsSync(path));
    expect(signalled).toBe(true);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({
      reason: 'process_not_alive',
      requested_by: 'agent2',
      cause: 'crashed',
    });
    rmSync(path);
    expect(await outcome).toEqual({kind: 'done', detail: 'the restart signal was taken'});
  });

  test('that nobody took is withdrawn', async () => {
    const options = setup();
    const {controller, ...rest} = context();
    const outcome = signal.create({}, options).restart(request, rest);
    await until('written', () => existsSync(join(options.stateDir, 'restart_signal')));
    controller.abort();
    expect(await outcome).toMatchObject({kind: 'failed'});
    expect(existsSync(join(options.stateDir, 'restart_signal'))).toBe(false);
  });
});

test('the fix of our own child starts it, replaces it, and leaves nothing behind when it ends in the middle of a restart', async () => {
  const fix = child.create({command: [process.execPath, program('idle.mjs')]}, setup());
  onCleanup(async () => fix.child?.stop());
  expect(await fix.child?.start()).toMatchObject({kind: 'done'});
  const first = fix.child?.identity();
  expect(await fix.restart(request, context())).toMatchObject({
    kind: 'done',
    detail: expect.stringContaining('started as process') as string,
  });
  const second = fix.child?.identity();
  expect(second?.pid).not.toBe(first?.pid);
  if (first) expect(sameProcess(first)?.state ?? 'zombie').toBe('zombie');
  await Promise.all([fix.restart(request, context()), fix.child?.stop()]);
  if (second) expect(sameProcess(second)?.state ?? 'zombie').toBe('zombie');
  expect(await fix.restart(request, context())).toEqual({
    kind: 'failed',
    detail: 'agent2 is ending',
  });
  expect(fix.child?.identity()).toBeUndefined();
});
