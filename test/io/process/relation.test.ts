import fc from 'fast-check';
import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, describe, expect, test} from 'vitest';
import {kinOf, type Kin} from '../../../source/io/process/kin.ts';
import {areRelatives, relationOf} from '../../../source/io/process/relation.ts';
import {readProcess} from '../../../source/io/process/processes.ts';
import {ownUnit} from '../../../source/io/process/unit-of.ts';
import {program, start, startProgram, temporaryDirectory} from '../../fixtures/services/start.ts';
import {cleanUp} from '../../helpers/cleanup.ts';
import {signal} from '../../helpers/processes.ts';
import {until} from '../../helpers/until.ts';

afterEach(cleanUp);

describe('relatives on this machine are', () => {
  test('a process and itself, its child, and a child that outlived it', async () => {
    const {pid, line} = await startProgram('family.mjs');
    const child = Number(line);
    expect([areRelatives(pid, pid), areRelatives(pid, child), areRelatives(child, pid)]).toEqual([
      true,
      true,
      true,
    ]);
    const remembered = kinOf(pid);
    if (!remembered) throw new Error('family.mjs is gone');
    signal(pid, 'SIGKILL');
    await until('gone', () => readProcess(pid) === undefined);
    expect(areRelatives(pid, child)).toBe(false);
    expect(areRelatives(remembered, child)).toBe(true);
  });

  test('two runs of the same program, and not two programs of the same interpreter', async () => {
    const [first, second, other] = await Promise.all([
      startProgram('idle.mjs', ['x']),
      startProgram('idle.mjs', ['x']),
      startProgram('idle.mjs', ['y']),
    ]);
    expect(areRelatives(first.pid, second.pid)).toBe(true);
    expect(areRelatives(first.pid, other.pid)).toBe(false);
  });

  test('not the programs of the same name in two directories', async () => {
    const home = temporaryDirectory();
    const [here, there] = await Promise.all(
      ['a', 'b'].map(name => {
        const cwd = join(home, name);
        mkdirSync(cwd);
        return start(['sh', '-c', 'echo; exec sleep 60'], {cwd});
      }),
    );
    await until('both sleep', () =>
      [here, there].every(started => readProcess(started?.pid ?? 0)?.name === 'sleep'),
    );
    expect(areRelatives(here?.pid ?? 0, there?.pid ?? 0)).toBe(false);
  });

  test('not two that were merely started by the same script, nor one that agent2 itself descends from', async () => {
    const [first, second] = await Promise.all([
      startProgram('idle.mjs', ['x'], {detached: false}),
      start([process.execPath, program('family.mjs')], {detached: false}),
    ]);
    expect(areRelatives(first.pid, second.pid)).toBe(false);
    expect(areRelatives(process.pid, first.pid)).toBe(false);
    expect(areRelatives(process.ppid, first.pid)).toBe(false);
  });

  test('nobody of whom nothing is known', () => {
    expect(areRelatives(4_194_303, process.pid)).toBe(false);
    expect(areRelatives(4_194_303, 4_194_303)).toBe(false);
  });
});

const unit = '/system.slice/web.service';
const us = kin(900, {ancestors: [{pid: 800, startKey: '800'}], sid: 800, unit: '/agent2.service'});

describe('the relation of two processes', () => {
  const manager = {pid: 50, startKey: '50', unit};

  test.each<[string, Kin, Kin, ReturnType<typeof relationOf>]>([
    [
      'a number that was used again',
      kin(7),
      kin(7, {startKey: 'later', words: ['other']}),
      undefined,
    ],
    ['a member of its session', kin(7), kin(8, {sid: 7}), 'group'],
    ['a member of the login session of agent2', kin(800), kin(8, {sid: 800}), undefined],
    ['another process of its unit', kin(7, {unit}), kin(8, {unit}), 'unit'],
    ['another in agent2’s own unit', kin(7, {unit: us.unit}), kin(8, {unit: us.unit}), undefined],
    [
      'another service of its manager',
      kin(7, {unit, ancestors: [manager]}),
      kin(8, {unit, ancestors: [manager]}),
      undefined,
    ],
    ['its manager', kin(50, {unit}), kin(8, {unit, ancestors: [manager]}), 'line'],
    ['the program of another user', kin(7, same), kin(8, {...same, uid: 2}), undefined],
    ['the program of the same user', kin(7, same), kin(8, same), 'program'],
    ['two zombies', kin(7, {words: ['[sh]']}), kin(8, {words: ['[sh]']}), undefined],
  ])('to %s', (_, a, b, wanted) => {
    expect([relationOf(a, b, us), relationOf(b, a, us)]).toEqual([wanted, wanted]);
  });

  test('is the same from both sides', () => {
    fc.assert(
      fc.property(anyKin(), anyKin(), (a, b) => {
        expect(relationOf(a, b, us)).toBe(relationOf(b, a, us));
      }),
    );
  });
});

test.each([
  ['0::/system.slice/web.service', '/system.slice/web.service'],
  ['0::/system.slice/web.service/workers', '/system.slice/web.service'],
  ['12:pids:/x\n1:name=systemd:/system.slice/a@b.service', '/system.slice/a@b.service'],
  [
    `0::/system.slice/docker-${'a1'.repeat(32)}.scope`,
    `/system.slice/docker-${'a1'.repeat(32)}.scope`,
  ],
  [`0::/docker/${'0f'.repeat(32)}/init`, `/docker/${'0f'.repeat(32)}`],
  [
    '0::/user.slice/user-1000.slice/user@1000.service/app.slice/web.service',
    '/user.slice/user-1000.slice/user@1000.service/app.slice/web.service',
  ],
  ['0::/user.slice/user-1000.slice/user@1000.service/app.slice/app-terminal-1.scope', undefined],
  ['0::/user.slice/user-1000.slice/user@1000.service/init.scope', undefined],
  ['0::/user.slice/user-1000.slice/session-2.scope', undefined],
  ['0::/user.slice/user-1000.slice/user@1000.service', undefined],
  ['0::/system.slice', undefined],
  ['0::/', undefined],
  ['', undefined],
])('the unit of %j is %s', (cgroups, wanted) => {
  expect(ownUnit(cgroups)).toBe(wanted);
});

const same = {exe: '/usr/bin/web', words: ['web', '--port', '80'], cwd: '/'};

function kin(pid: number, facts: Partial<Kin> = {}): Kin {
  return {
    pid,
    startKey: String(pid),
    pgid: pid,
    sid: 1,
    uid: 1,
    ancestors: [],
    exe: `/bin/${pid}`,
    words: [String(pid)],
    ...facts,
  };
}

function anyKin(): fc.Arbitrary<Kin> {
  const pid = fc.integer({min: 2, max: 5});
  const units = fc.constantFrom(undefined, unit, '/other.service');
  return fc
    .record({pid, pgid: pid, sid: pid, uid: fc.integer({min: 0, max: 1}), unit: units})
    .chain(facts =>
      fc.array(fc.record({pid, unit: units}), {maxLength: 3}).map(ancestors =>
        kin(facts.pid, {
          ...facts,
          ...same,
          ancestors: ancestors.map(of => ({...of, startKey: String(of.pid)})),
        }),
      ),
    );
}
