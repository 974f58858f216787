import {describe, expect, test} from 'vitest';
import {CAUSES, causeNames, issueOf} from '../../../source/core/causes.ts';
import {diagnose, isHard, leadingFault} from '../../../source/core/check/diagnosis.ts';
import {failureKinds} from '../../../source/core/faults.ts';
import type {Cause} from '../../../source/core/model/cause.ts';
import type {Failure, FailureKind} from '../../../source/core/model/fault.ts';

const failure = (kind: FailureKind) => ({probe: 'api', kind, text: kind}) as Failure;
const firstOf = (causes: readonly Cause[]) => causeNames.find(cause => causes.includes(cause));

describe.each([true, false])('the faults of a check, of a target on this machine: %s', local => {
  test.each(failureKinds)('%s alone names a cause of the table', kind => {
    expect(Object.keys(CAUSES)).toContain(diagnose([failure(kind)], local));
  });

  test('of two causes the more specific one counts in any order, and its fault leads', () => {
    for (const one of failureKinds)
      for (const other of failureKinds) {
        const faults = [failure(one), failure(other)] as const;
        const wanted = firstOf(faults.map(fault => diagnose([fault], local)));
        expect(diagnose(faults, local), `${one}, ${other}`).toBe(wanted);
        const leading = leadingFault(faults, local);
        expect(leading && diagnose([leading], local)).toBe(wanted);
      }
  });

  test('no failure has a cause that is only a warning', () => {
    for (const kind of failureKinds)
      expect(CAUSES[diagnose([failure(kind)], local)].remedy, kind).not.toBe('warn');
  });
});

test('only faults of the process or the port itself are hard evidence', () => {
  expect(failureKinds.filter(kind => isHard(failure(kind)))).toEqual([
    'process_gone',
    'process_zombie',
    'process_stopped',
    'process_mismatch',
    'pid_file_missing',
    'told_to_stop',
    'being_restarted',
    'port_foreign',
  ]);
});

test('a fix record names its cause in the words of AgentOS', () => {
  expect(Object.fromEntries(causeNames.map(cause => [cause, issueOf(cause)]))).toEqual({
    stopped_on_purpose: 'process not alive',
    port_taken: 'port not listening',
    zombie: 'process not alive',
    suspended: 'process not alive',
    crashed: 'process not alive',
    not_listening: 'port not listening',
    unreachable: 'health check failed',
    hung: 'health check failed',
    erroring: 'health check failed',
    unhealthy: 'health check failed',
    slow: 'slow response',
    manual: 'manual restart',
  });
});

test('a refused connection means no listener here and unreachable elsewhere, and a connection timeout means hung here', () => {
  const fault = (kind: 'connect_refused' | 'connect_timeout' | 'dns_failed') =>
    ({probe: 'api', kind, text: ''}) as const;
  expect(diagnose([fault('connect_refused')], true)).toBe('not_listening');
  expect(diagnose([fault('connect_refused')], false)).toBe('unreachable');
  expect(diagnose([fault('connect_timeout')], true)).toBe('hung');
  expect(diagnose([fault('connect_timeout')], false)).toBe('unreachable');
  expect(diagnose([fault('dns_failed')], true)).toBe('unreachable');
});
