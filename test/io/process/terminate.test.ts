import {afterEach, describe, expect, test} from 'vitest';
import {deliver} from '../../../source/io/process/group.ts';
import {readProcess} from '../../../source/io/process/processes.ts';
import {continueProcess, stopProcess} from '../../../source/io/process/terminate.ts';
import {cleanUp} from '../../helpers/cleanup.ts';
import {isAlive, signal} from '../../helpers/processes.ts';
import {until} from '../../helpers/until.ts';
import {start, startProgram} from '../../fixtures/services/start.ts';

afterEach(cleanUp);

describe('stopping a process', () => {
  test('is done by SIGTERM where that is enough', async () => {
    const {pid, info} = await startProgram('idle.mjs');
    expect(await stopProcess(info, {group: false})).toEqual({
      kind: 'done',
      text: expect.stringMatching(/^stopped by SIGTERM in [\d.]+ m?s$/),
    });
    expect(isAlive(pid)).toBe(false);
  });

  test('is done by SIGKILL where SIGTERM is ignored for longer than the stop timeout', async () => {
    const {pid, info} = await startProgram('stubborn.mjs');
    expect(await stopProcess(info, {group: false, stopTimeoutMs: 200})).toEqual({
      kind: 'done',
      text: expect.stringMatching(/^stopped by SIGKILL in /),
    });
    expect(isAlive(pid)).toBe(false);
  });

  test('lets a suspended one go on, so that it can end by itself', async () => {
    const {pid, info} = await startProgram('idle.mjs');
    signal(pid, 'SIGSTOP');
    await until('stopped', () => readProcess(pid)?.state === 'stopped');
    expect(await stopProcess(info, {group: false})).toMatchObject({
      text: expect.stringContaining('SIGTERM'),
    });
  });

  test('with its group leaves nobody behind, not even one who ignores SIGTERM', async () => {
    const {pid, info, line} = await startProgram('family.mjs', ['stubborn']);
    expect(await stopProcess(info, {group: true, stopTimeoutMs: 200})).toMatchObject({
      kind: 'done',
      text: expect.stringContaining('SIGKILL'),
    });
    expect([pid, Number(line)].map(isAlive)).toEqual([false, false]);
  });

  test('that leads no group touches nobody else of it', async () => {
    const neighbour = await startProgram('idle.mjs', [], {detached: false});
    const {info} = await startProgram('idle.mjs', [], {detached: false});
    expect(await stopProcess(info, {group: true})).toMatchObject({kind: 'done'});
    expect(isAlive(neighbour.pid)).toBe(true);
  });

  test('that is dead, but not reaped, finds nobody', async () => {
    const {line} = await start(['sh', '-c', 'sleep 0.1 & echo $!; exec sleep 60']);
    const info = readProcess(Number(line));
    await until('zombie', () => readProcess(Number(line))?.state === 'zombie');
    expect(info && (await stopProcess(info, {group: false}))).toMatchObject({kind: 'absent'});
  });

  test('does not touch another one that got the same pid', async () => {
    const {pid, info} = await startProgram('idle.mjs');
    expect(await stopProcess({pid, startKey: `${info.startKey}0`}, {group: true})).toEqual({
      kind: 'absent',
      text: `process ${pid} no longer exists: another process has its pid`,
    });
    expect(isAlive(pid)).toBe(true);
  });

  test('does not touch one that is another program than the one configured', async () => {
    const {pid, info} = await startProgram('idle.mjs');
    expect(await stopProcess(info, {group: true, processName: 'python'})).toEqual({
      kind: 'not-ours',
      text: `not ours: process ${pid} is node, not python`,
    });
    expect(isAlive(pid)).toBe(true);
  });

  test('never goes for init, for agent2 itself, or for a group of either', async () => {
    const own = readProcess(process.pid);
    expect(own && (await stopProcess(own, {group: true}))).toMatchObject({kind: 'not-ours'});
    expect(
      await stopProcess({pid: 1, startKey: readProcess(1)?.startKey ?? ''}, {group: true}),
    ).toMatchObject({kind: 'not-ours'});
    for (const pid of [0, 1, -1, process.pid, -(own?.pgid ?? 1), NaN])
      expect(() => deliver(pid, 'SIGCONT')).toThrow('refusing');
  });

  test('is given up, with the reason, when it is aborted', async () => {
    const {info} = await startProgram('stubborn.mjs');
    const controller = new AbortController();
    const pending = stopProcess(info, {group: false, signal: controller.signal});
    controller.abort(new Error('enough'));
    await expect(pending).rejects.toThrow('enough');
  });
});

describe('continuing a process', () => {
  test('wakes it and its group', async () => {
    const {pid, info, line} = await startProgram('family.mjs');
    signal(-pid, 'SIGSTOP');
    await until('both stopped', () =>
      [pid, Number(line)].every(each => readProcess(each)?.state === 'stopped'),
    );
    expect(continueProcess(info)).toEqual({kind: 'done', text: `process ${pid} was sent SIGCONT`});
    await until('both alive', () =>
      [pid, Number(line)].every(each => readProcess(each)?.state === 'alive'),
    );
  });

  test('finds nobody where it is gone', async () => {
    const {pid, info} = await startProgram('idle.mjs');
    signal(pid, 'SIGKILL');
    await until('gone', () => readProcess(pid) === undefined);
    expect(continueProcess(info)).toEqual({kind: 'absent', text: `process ${pid} did not exist`});
  });
});
