import {describe, expect, test} from 'vitest';
import {CAUSES, causeNames, issueOf} from '../../../source/core/causes.ts';
import {diagnose, isHard, leadingFault} from '../../../source/core/check/diagnosis.ts';
import {failureKinds} from '../../../source/core/faults.ts';
import type {Cause} from '../../../source/core/model/cause.ts';
import type {Failure, FailureKind} from '../../../source/core/model/fault.ts';

const failure = (kind: FailureKind) => ({probe: 'api', kind, text: kind}) as Failure;
const firstOf = (causes: readonly Cause[]) => causeNames.find(cause => causes.includes(cause));

const here = {local: true, proven: true};
const there = {local: false, proven: true};
const never = {local: true, proven: false};

describe.each([here, there, never])('the faults of a check, of a target that is %o', asked => {
  test.each(failureKinds)('%s alone names a cause of the table', kind => {
    expect(Object.keys(CAUSES)).toContain(diagnose([failure(kind)], asked));
  });

  test('of two causes the more specific one counts in any order, and its fault leads', () => {
    for (const one of failureKinds)
      for (const other of failureKinds) {
        const faults = [failure(one), failure(other)] as const;
        const wanted = firstOf(faults.map(fault => diagnose([fault], asked)));
        expect(diagnose(faults, asked), `${one}, ${other}`).toBe(wanted);
        const leading = leadingFault(faults, asked);
        expect(leading && diagnose([leading], asked)).toBe(wanted);
      }
  });

  test('no failure has a cause that is only a warning', () => {
    for (const kind of failureKinds)
      expect(CAUSES[diagnose([failure(kind)], asked)].remedy, kind).not.toBe('warn');
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
    elsewhere: 'health check failed',
    refused: 'health check failed',
    probe_wrong: 'health check failed',
    slow: 'slow response',
    manual: 'manual restart',
  });
});

test('a refused connection means no listener here and unreachable elsewhere, and a connection timeout means hung here', () => {
  const fault = (kind: 'connect_refused' | 'connect_timeout') =>
    ({probe: 'api', kind, text: ''}) as const;
  expect(diagnose([fault('connect_refused')], here)).toBe('not_listening');
  expect(diagnose([fault('connect_refused')], there)).toBe('unreachable');
  expect(diagnose([fault('connect_timeout')], here)).toBe('hung');
  expect(diagnose([fault('connect_timeout')], there)).toBe('unreachable');
});

/** Answers, and what they mean before and after the target was good once. */
const ANSWERS: ReadonlyArray<readonly [name: string, fault: object, never: Cause, before: Cause]> =
  [
    ...[400, 401, 403, 404, 405, 406, 410, 421, 426, 429].map(
      status => [`status ${status}`, {status}, 'probe_wrong', 'refused'] as const,
    ),
    ...[301, 302, 303, 307, 308].map(
      status =>
        [
          `a redirect elsewhere, ${status}`,
          {status, location: 'https://sso/login'},
          'probe_wrong',
          'refused',
        ] as const,
    ),
    ['a status that the method does not have', {status: 501}, 'probe_wrong', 'refused'],
    ['a good status that is not the wanted one', {status: 204}, 'probe_wrong', 'erroring'],
    ['an answer that was too long in coming', {status: 408}, 'erroring', 'erroring'],
    ['status 500', {status: 500}, 'erroring', 'erroring'],
    ['503 of the service itself', {status: 503, from: {server: 'nginx'}}, 'erroring', 'erroring'],
    ['502 of nobody that is known', {status: 502}, 'erroring', 'erroring'],
    ['502 of nginx', {status: 502, from: {server: 'nginx/1.24'}}, 'elsewhere', 'elsewhere'],
    ['504 by way of a proxy', {status: 504, from: {via: '1.1 varnish'}}, 'elsewhere', 'elsewhere'],
    ['503, the page of HAProxy', {status: 503, from: {page: 'haproxy'}}, 'elsewhere', 'elsewhere'],
    [
      '500 of nginx itself, which has nothing behind it',
      {status: 500, from: {page: 'nginx'}},
      'erroring',
      'erroring',
    ],
    ['503 for a database', {status: 503, dependency: 'database'}, 'elsewhere', 'elsewhere'],
    ['TLS on the port', {status: 400, protocol: 'tls'}, 'probe_wrong', 'refused'],
    ['bytes of TLS', {kind: 'connection_reset', protocol: 'tls'}, 'probe_wrong', 'refused'],
    [
      'an answer that is not HTTP',
      {kind: 'response_truncated', protocol: 'other'},
      'probe_wrong',
      'erroring',
    ],
    ['an answer that ended early', {kind: 'response_truncated'}, 'erroring', 'erroring'],
    ['a reset connection', {kind: 'connection_reset'}, 'erroring', 'erroring'],
    ['no TLS on the port', {kind: 'tls_failed', protocol: 'plain'}, 'probe_wrong', 'refused'],
    ['an untrusted certificate', {kind: 'tls_failed'}, 'probe_wrong', 'unreachable'],
    [
      'a body without the field',
      {kind: 'body_unexpected', mismatch: true},
      'probe_wrong',
      'unhealthy',
    ],
    ['a bad value in the field', {kind: 'body_unexpected'}, 'unhealthy', 'unhealthy'],
    [
      'a body that blames a database',
      {kind: 'body_unexpected', dependency: 'database'},
      'elsewhere',
      'elsewhere',
    ],
    ['a body that is not JSON', {kind: 'body_invalid'}, 'probe_wrong', 'unhealthy'],
    ['a body that is too large', {kind: 'response_too_large'}, 'probe_wrong', 'refused'],
    ['a name that does not resolve', {kind: 'dns_failed'}, 'elsewhere', 'elsewhere'],
    ['a closed port', {kind: 'connect_refused'}, 'not_listening', 'not_listening'],
    [
      'a closed port of a process that listens elsewhere',
      {kind: 'connect_refused', listensOn: [3001]},
      'probe_wrong',
      'not_listening',
    ],
    ['no answer', {kind: 'response_timeout'}, 'hung', 'hung'],
  ];

test.each(ANSWERS)(
  '%s means something else before the first good answer than after it, where it is about the question',
  (_, answer, unproven, proven) => {
    const fault = {probe: 'api', kind: 'status_unexpected', text: '', ...answer} as Failure;
    expect(diagnose([fault], never)).toBe(unproven);
    expect(diagnose([fault], here)).toBe(proven);
  },
);

test('what a restart may mend counts before what it cannot', () => {
  const fault = (detail: object) => ({probe: 'api', text: '', ...detail}) as Failure;
  const closed = fault({kind: 'port_closed'});
  for (const beside of [
    fault({kind: 'status_unexpected', status: 404}),
    fault({kind: 'dns_failed'}),
    fault({kind: 'body_unexpected', dependency: 'database'}),
  ])
    for (const asked of [here, never])
      expect(diagnose([beside, closed], asked)).toBe('not_listening');
});
