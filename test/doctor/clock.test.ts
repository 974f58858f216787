import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {cleanUp} from '../helpers/cleanup.ts';
import {examined, fakeProgram} from '../helpers/doctor.ts';
import {until} from '../helpers/until.ts';
import {startStandIn, type StandIn} from './stand-in.ts';

let monitor: StandIn;

beforeAll(async () => {
  monitor = await startStandIn();
});
afterAll(cleanUp);

describe('the machine', () => {
  test('with a clock that cannot be right, or that nothing keeps right', async () => {
    expect(
      (await examined({machine: {now: () => Date.parse('2019-05-01T00:00:00Z')}})).clock_wrong,
    ).toMatchObject({level: 'fail', next: 'sudo timedatectl set-ntp true'});
    const bin = join(monitor.home.path, 'bin-time');
    fakeProgram(bin, 'timedatectl', 'no');
    expect((await examined({bin})).clock_unsynchronised?.level).toBe('warn');
    expect(
      (await examined({stateDir: monitor.stateDir(), machine: {now: () => Date.now() - 600_000}}))
        .clock_behind?.level,
    ).toBe('warn');
  });

  test('that does not answer in time is no reason to wait', async () => {
    const path = monitor.stateDir();
    // The others are quick enough for that, unless the machine is busy.
    const findings = await until('the others answered', async () => {
      const findings = await examined({
        stateDir: path,
        machine: {disk: () => new Promise(() => undefined)},
        limitMs: 300,
      });
      return findings.monitor && findings;
    });
    expect(findings.examination_late).toMatchObject({level: 'skipped', what: 'disk'});
    expect(findings.monitor?.level).toBe('ok');
  });
});
