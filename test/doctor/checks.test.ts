import {afterAll, beforeAll, expect, test} from 'vitest';
import {cleanUp} from '../helpers/cleanup.ts';
import {examined} from '../helpers/doctor.ts';
import {makeHome, type Home} from '../helpers/home.ts';
import {startService, type Service} from '../helpers/service.ts';
import type {TargetSpec} from '../../source/config/spec.ts';

let home: Home;
let service: Service;

beforeAll(async () => {
  home = makeHome();
  service = await startService(home);
});
afterAll(cleanUp);

const file = (name: string, path: string, advisory = false): TargetSpec['checks'][number] => ({
  kind: 'file',
  name,
  advisory,
  options: {path, absent: false},
});

test("the service's own checks are told by what they find, and nothing of them where all are well", async () => {
  const there = file('there', service.pidFile);
  const well = await examined({url: service.url, spec: {checks: [there]}});
  expect(well.checks).toMatchObject({level: 'ok', seen: '1 of 1 are ok'});
  const failing = await examined({
    url: service.url,
    spec: {checks: [there, file('backup', `${home.path}/backup.tar`)]},
  });
  expect(failing.checks).toBeUndefined();
  expect(failing.file_missing).toMatchObject({
    level: 'fail',
    seen: `backup: ${home.path}/backup.tar is missing`,
    next: 'agent2 check --json',
  });
});

test('what an advisory check finds is a warning', async () => {
  const findings = await examined({
    url: service.url,
    spec: {checks: [file('backup', `${home.path}/backup.tar`, true)]},
  });
  expect(findings.file_missing?.level).toBe('warn');
});
