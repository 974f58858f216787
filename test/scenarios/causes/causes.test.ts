import {readFileSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import type {Cause} from '../../../source/core/model/cause.ts';
import type {FaultKind} from '../../../source/core/model/fault.ts';
import {root} from '../../helpers/root.ts';

const HERE = 'a scenario';
const CHECKS = 'the tests of the checks that find it';

/** Where each fault is produced by a real program; the compiler asks for those that are missing. */
const FAULTS: Readonly<Record<FaultKind, typeof HERE | typeof CHECKS>> = {
  process_gone: HERE,
  process_zombie: HERE,
  process_stopped: HERE,
  process_mismatch: HERE,
  pid_file_missing: HERE,
  pid_file_invalid: HERE,
  told_to_stop: HERE,
  being_restarted: HERE,
  port_closed: HERE,
  port_foreign: HERE,
  dns_failed: HERE,
  connect_refused: HERE,
  connect_timeout: HERE,
  connection_reset: HERE,
  tls_failed: HERE,
  response_timeout: HERE,
  response_truncated: HERE,
  response_too_large: HERE,
  status_unexpected: HERE,
  body_invalid: HERE,
  body_unexpected: HERE,
  slow: HERE,
  tls_expiring: CHECKS,
  exec_failed: CHECKS,
  resource_high: CHECKS,
  file_missing: CHECKS,
  file_present: CHECKS,
  file_stale: CHECKS,
  file_size: CHECKS,
  disk_low: CHECKS,
  malformed_response: CHECKS,
  check_unknown: CHECKS,
  answer_unproven: CHECKS,
};

const CAUSES: Readonly<Record<Cause, typeof HERE>> = {
  stopped_on_purpose: HERE,
  crashed: HERE,
  zombie: HERE,
  suspended: HERE,
  port_taken: HERE,
  not_listening: HERE,
  hung: HERE,
  erroring: HERE,
  unhealthy: HERE,
  elsewhere: HERE,
  refused: HERE,
  probe_wrong: HERE,
  slow: HERE,
  unreachable: HERE,
  manual: HERE,
};

/** The scenarios that make services ill, as one text. */
const folder = join(root, 'test/scenarios/causes');
const scenarios = [
  join(root, 'test/scenarios/pid-identity.test.ts'),
  ...readdirSync(folder)
    .filter(name => name !== 'causes.test.ts')
    .map(name => join(folder, name)),
]
  .map(path => readFileSync(path, 'utf8'))
  .join('');

test('every fault is produced by a program and named in a scenario', () => {
  const wanted = Object.entries(FAULTS).flatMap(([fault, where]) =>
    where === HERE ? [fault] : [],
  );
  expect(wanted.filter(fault => !scenarios.includes(fault))).toEqual([]);
});

test('every cause is produced by a program and named in a scenario', () => {
  expect(Object.keys(CAUSES).filter(cause => !scenarios.includes(`'${cause}'`))).toEqual([]);
});
