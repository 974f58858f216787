import {basename} from 'node:path';
import {afterEach, describe, expect, test} from 'vitest';
import {
  belongsTo,
  describeProcess,
  groupMembers,
  isProcessPresent,
  isThisBoot,
  matchesName,
  openGlance,
  processAncestors,
  readProcess,
  sameProcess,
} from '../../../source/io/process/processes.ts';
import {bootedAt, parseStat} from '../../../source/io/process/procfs.ts';
import * as ps from '../../../source/io/process/ps.ts';
import {cleanUp} from '../../helpers/cleanup.ts';
import {signal} from '../../helpers/processes.ts';
import {until} from '../../helpers/until.ts';
import {start, startProgram} from '../../fixtures/services/start.ts';

afterEach(cleanUp);

const STAT =
  '4242 (a) Z (b) S 1 4242 4242 0 -1 4194304 104 0 0 0 0 0 0 0 20 0 1 0 162013 3133440 381';

describe('a process', () => {
  test('is read with its parent, its group, its state and when it started', async () => {
    const {pid, info} = await startProgram('idle.mjs');
    expect(info).toMatchObject({
      pid,
      ppid: process.pid,
      pgid: pid,
      sid: pid,
      state: 'alive',
      name: 'node',
    });
    expect(readProcess(pid)?.startKey).toBe(info.startKey);
    expect(isThisBoot(info)).toBe(true);
    expect(isThisBoot({pid, startKey: '162013@another-boot'})).toBe(false);
  });

  test('is described by command line, owner and start', async () => {
    const before = Date.now();
    const {pid} = await startProgram('idle.mjs', ['--colour=\x1b[31mred']);
    const description = describeProcess(pid);
    expect(description).toMatchObject({
      command: expect.stringMatching(/idle\.mjs --colour=red$/),
      uid: process.getuid?.(),
    });
    expectBetween(description?.startedAt, before, Date.now());
  });

  test('that is suspended is stopped, and alive again when it goes on', async () => {
    const {pid, info} = await startProgram('idle.mjs');
    signal(pid, 'SIGSTOP');
    const glance = openGlance(info);
    await until('stopped', () => glance?.state() === 'stopped');
    signal(pid, 'SIGCONT');
    await until('alive', () => glance?.state() === 'alive');
    signal(pid, 'SIGKILL');
    await until('gone', () => glance?.state() === undefined);
    glance?.close();
    expect(openGlance(info)).toBeUndefined();
  });

  test('that is dead but not reaped is a zombie, though the kernel still knows its pid', async () => {
    const {line} = await start(['sh', '-c', 'sleep 0.1 & echo $!; exec sleep 60']);
    const pid = Number(line);
    await until('zombie', () => readProcess(pid)?.state === 'zombie');
    expect(isProcessPresent(pid)).toBe(true);
  });

  test('that is gone is nobody, and a pid that was reused is not the same process', async () => {
    const {pid, info} = await startProgram('idle.mjs');
    expect(sameProcess({pid, startKey: 'of another'})).toBeUndefined();
    expect(sameProcess(info)?.pid).toBe(pid);
    signal(pid, 'SIGKILL');
    await until('gone', () => readProcess(pid) === undefined);
    expect([sameProcess(info), describeProcess(pid), isProcessPresent(pid)]).toEqual([
      undefined,
      undefined,
      false,
    ]);
  });

  test('is never one with an unusable number', () => {
    expect([0, -1, 1.5, NaN].map(pid => readProcess(pid))).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('with parentheses and spaces in its name is read right', () => {
    expect(parseStat(STAT, 'boot')).toEqual({
      pid: 4242,
      ppid: 1,
      pgid: 4242,
      sid: 4242,
      state: 'alive',
      startKey: '162013@boot',
      name: 'a) Z (b',
    });
  });

  test('whose first thread ended while others go on is alive', () => {
    expect(
      parseStat(STAT.replace(') S', ') Z').replace(' 20 0 1 0', ' 20 0 3 0'), 'boot')?.state,
    ).toBe('alive');
    expect(parseStat(STAT.replace(') S', ') Z'), 'boot')?.state).toBe('zombie');
    expect(parseStat(STAT.replace(') S', ') t'), 'boot')?.state).toBe('traced');
  });

  test.each([
    ['of the machine', 500_000, 500_000],
    ['of a machine that slept after agent2 began', 900_000, 900_000],
    // The container began 40 s ago, on a machine that had run for 460 s before.
    ['of its container alone', 40_000, 500_000],
    ['that cannot be read', NaN, 500_000],
  ])('started when it did by an uptime %s', (_, uptimeMs, sinceBootMs) => {
    const now = 1_769_423_405_000;
    const clocks = {now, uptimeMs, ownStartMs: 470_000, ownAgeMs: 30_000};
    expect(bootedAt(clocks)).toBe(now - sinceBootMs);
  });

  test('is matched by a part of the name of its program or script in any case', async () => {
    const {pid} = await startProgram('idle.mjs');
    expect(['NODE', 'Idle.MJS', 'python'].map(name => matchesName(pid, name))).toEqual([
      true,
      true,
      false,
    ]);
  });
});

test('a process that calls itself something else is matched by the name of its program', async () => {
  const {pid} = await start([
    process.execPath,
    '-e',
    "process.title = 'web: ready'; console.log('up'); setTimeout(() => {}, 60_000)",
  ]);
  expect(describeProcess(pid)?.command).toBe('web: ready');
  expect(matchesName(pid, basename(process.execPath))).toBe(true);
});

describe('the family of a process', () => {
  test('holds its descendants and its group, also when it is gone itself', async () => {
    const {pid, line} = await startProgram('family.mjs');
    const grandchild = Number(line);
    expect(processAncestors(grandchild).map(ancestor => ancestor.pid)).toEqual(
      expect.arrayContaining([pid, process.pid]),
    );
    expect(belongsTo(grandchild, pid)).toBe(true);
    expect(
      groupMembers(pid)
        .map(member => member.pid)
        .sort(),
    ).toEqual([pid, grandchild].sort());
    signal(pid, 'SIGKILL');
    await until('gone', () => readProcess(pid) === undefined);
    expect(belongsTo(grandchild, pid)).toBe(true);
  });

  test('holds the parent that forked it in the same group', async () => {
    const {pid, line} = await startProgram('family.mjs');
    expect(belongsTo(pid, Number(line))).toBe(true);
  });

  test('holds nobody who was merely started by the same script', async () => {
    const ours = await startProgram('idle.mjs', [], {detached: false});
    const stranger = await startProgram('idle.mjs', [], {detached: false});
    expect(stranger.info.pgid).toBe(ours.info.pgid);
    expect(belongsTo(stranger.pid, ours.pid)).toBe(false);
  });
});

describe('ps', () => {
  test('tells the same as /proc', async () => {
    const before = Date.now();
    const {pid, info} = await startProgram('idle.mjs', ['two  spaces']);
    expect(ps.readProcess(pid)).toEqual({
      ...info,
      startKey: expect.stringMatching(/^\w{3} \w{3} \d+ [\d:]{8} \d{4}$/),
    });
    expect(ps.describeProcess(pid)).toMatchObject({
      command: describeProcess(pid)?.command,
      uid: process.getuid?.(),
    });
    expectBetween(ps.describeProcess(pid)?.startedAt, before, Date.now());
    expect(ps.listProcesses().map(other => other.pid)).toEqual(
      expect.arrayContaining([pid, process.pid]),
    );
  });

  test('knows nobody by a pid that is free', () => {
    expect(ps.readProcess(4_194_303)).toBeUndefined();
  });

  test.each([
    [
      '  501     1   501      0 Ss   Mon Jan 26 10:30:05 2026       501 /Applications/My App.app/Contents/MacOS/web --port 8080',
      {
        info: {
          pid: 501,
          ppid: 1,
          pgid: 501,
          sid: 0,
          state: 'alive',
          startKey: 'Mon Jan 26 10:30:05 2026',
          name: 'My',
        },
        uid: 501,
        command: '/Applications/My App.app/Contents/MacOS/web --port 8080',
      },
    ],
    [
      '99999 501 501 ffffff8023c5e400 T+ Tue Feb  3 01:02:03 2026 -2 python3 -m web',
      {
        info: {state: 'stopped', sid: 0, startKey: 'Tue Feb 3 01:02:03 2026', name: 'python3'},
        uid: -2,
      },
    ],
    ['42 1 42 0 Z Tue Feb  3 01:02:03 2026 501 (node)', {info: {state: 'zombie', name: 'node'}}],
    ['42 1 42 0 U Tue Feb  3 01:02:03 2026 0 ', {info: {state: 'alive'}, command: ''}],
  ])('of macOS is understood: %s', (line, wanted) => {
    expect(ps.parsePsLine(line)).toMatchObject(wanted);
  });

  test.each([['ps: illegal option'], [''], ['  PID  PPID']])(
    'saying something else is not taken for a process: %j',
    line => {
      expect(ps.parsePsLine(line)).toBeUndefined();
    },
  );
});

/** A time that was told by seconds, or by the ticks since the boot. */
function expectBetween(at: number | undefined, first: number, last: number): void {
  expect(at).toBeGreaterThan(first - 2_000);
  expect(at).toBeLessThan(last + 2_000);
}
