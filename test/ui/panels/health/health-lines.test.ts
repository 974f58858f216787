import {expect, test} from 'vitest';
import type {Fault} from '../../../../source/core/model/fault.ts';
import type {TargetState} from '../../../../source/core/model/target.ts';
import {innerWidth} from '../../../../source/ui/text/frame.ts';
import {healthLines} from '../../../../source/ui/panels/health/health-lines.ts';
import {panelLayout} from '../../../../source/ui/screens/target/layout.ts';
import {lineWidth, plainText} from '../../../../source/ui/text/spans.ts';
import {UNICODE} from '../../../../source/ui/text/symbols.ts';
import {checkedTarget, downTarget, healthyTarget, NOW} from '../../../helpers/states.ts';
import {withFix} from '../../../helpers/with-fix.ts';

const MINUTE = 60_000;
const rows = (target: TargetState, height = 11, now = NOW) =>
  healthLines(target, now, UNICODE, height).map(plainText);
const row = (label: string, target: TargetState) =>
  rows(target)
    .find(line => line.startsWith(label))
    ?.slice(label.length)
    .trim();

test.each([5, 7, 8, 9, 10])('a panel of %d rows is full', height => {
  expect(rows(healthyTarget(), height).filter(line => line.trim() !== '')).toHaveLength(height);
});

test('a panel with room for all has a gap between the probes and what the verdict goes by', () => {
  expect(rows(healthyTarget(), 20)).toHaveLength(11);
  expect(rows(healthyTarget(), 20)[5]).toBe('');
});

test.each([
  MINUTE / 2,
  12 * MINUTE,
  23 * 60 * MINUTE + 59 * MINUTE,
  399 * 1440 * MINUTE + 23 * 60 * MINUTE,
])('after %d ms of watching no row but the counts is too wide for the narrowest panel', age => {
  const room = innerWidth(panelLayout({columns: 60, rows: 16}, 60, 12, 1).health);
  const uptime = {since: NOW - age, observedMs: age * 0.8, upMs: age * 0.8 - 1};
  const target = downTarget({
    uptime,
    incident: {
      number: 1,
      startedAt: NOW - Math.min(age, 1439 * MINUTE),
      cause: 'not_listening',
      faults: [],
      down: true,
      fixes: 0,
      held: [],
      deferred: false,
    },
  });
  for (const line of healthLines(target, NOW, UNICODE, 8))
    expect(lineWidth(line), plainText(line)).toBeLessThanOrEqual(room);
  expect(row('uptime', target)).toMatch(/^[\d.]+% of \S+, 80% seen$/);
});

test('flapping stands before the counts, which may grow', () => {
  const {health} = healthyTarget();
  expect(
    row('failures', healthyTarget({health: {...health, flapping: true, totalFailures: 123_456}})),
  ).toBe('0/2  flapping yes  total 123456');
});

const GONE: Fault = {
  probe: 'process',
  kind: 'process_gone',
  pid: 4242,
  text: 'process 4242 is gone',
};
const REFUSED: Fault = {
  probe: 'api',
  kind: 'connect_refused',
  text: 'GET /api/health: connection refused',
};
const ERROR: Fault = {
  probe: 'api',
  kind: 'status_unexpected',
  status: 500,
  text: 'GET /api/health: status 500',
};

test.each([
  ['was good', {kind: 'ok', readings: {}, latencyMs: 4}, '○ not checked since'],
  ['was bad', {kind: 'failed', readings: {}, faults: [ERROR]}, '○ not checked since'],
  [
    'saw the process dead as well',
    {kind: 'failed', readings: {}, faults: [GONE, REFUSED]},
    '✖ refused',
  ],
] as const)(
  'beside a process that died after a check that %s the api is %s',
  (_, observation, words) => {
    const target = downTarget({
      readings: {
        process: {state: 'gone', via: 'pid-file', pid: 4242, pidFile: 'left'},
        port: {port: 8080, listening: false},
        api: undefined,
      },
      lastCheck: {at: NOW - 3_000, observation},
    });
    expect(row('process', target)).toBe('✖ gone     pid 4242');
    expect(row('api', target)).toBe(words);
  },
);

test('an api that answers slowly or wrongly says so', () => {
  expect(
    row(
      'api',
      downTarget({
        readings: {api: {status: 500, totalMs: 3}},
        lastCheck: {at: NOW, observation: {kind: 'failed', readings: {}, faults: [ERROR]}},
      }),
    ),
  ).toBe('✖ status   500  3.0 ms');
});

test('without a fix the panel says that it only observes', () => {
  expect(
    row('repair', healthyTarget({settings: {...healthyTarget().settings, ...withFix('none')}})),
  ).toBe('none: observed only');
});

const CHECK = {kind: 'exec', state: 'ok', text: 'fine', metrics: []} as const;
const MANY = {
  a: CHECK,
  b: {...CHECK, state: 'warn'},
  c: CHECK,
  d: {...CHECK, state: 'failed'},
  e: {...CHECK, state: 'unknown'},
} as const;

test('checks that do not fit are shown worst first, with the number of the others', () => {
  const target = healthyTarget({readings: {...healthyTarget().readings, checks: MANY}});
  expect(rows(target, 8).slice(3, 6)).toEqual([
    'd        ✖ fine',
    'b        ▲ fine',
    '         +3 more',
  ]);
  expect(rows(target, 5)[3]).toBe('d        ✖ +4 more');
  expect(
    rows(target, 20)
      .slice(3, 8)
      .map(line => line.slice(0, 10)),
  ).toEqual(['a        ●', 'b        ▲', 'c        ●', 'd        ✖', 'e        ○']);
});

test('an advisory check that failed is a warning', () => {
  const fault: Fault = {probe: 'disk', kind: 'disk_low', text: '/var has 1 GB left'};
  const target = healthyTarget({
    readings: {
      ...healthyTarget().readings,
      checks: {disk: {...CHECK, state: 'failed', text: '1 GB free'}},
    },
    lastCheck: {at: NOW, observation: {kind: 'ok', readings: {}, warnings: [fault]}},
  });
  expect(row('disk', target)).toBe('▲ 1 GB free');
});

test('a check that was blamed and not read has a row as well', () => {
  const fault: Fault = {probe: 'backup', kind: 'file_missing', text: '/var/backup is not there'};
  expect(
    row(
      'backup',
      downTarget({
        lastCheck: {at: NOW, observation: {kind: 'failed', readings: {}, faults: [fault, fault]}},
      }),
    ),
  ).toBe('✖ missing');
});

test('names of checks that are too long are cut, and their rows stay aligned', () => {
  const target = checkedTarget({
    readings: {checks: {'certificate of the admin page': CHECK, 'disk': CHECK}},
  });
  expect(rows(target, 12).slice(3, 5)).toEqual(['certificate o… ● fine', 'disk           ● fine']);
});

test('a warning about the api or the process is no failure', () => {
  const fault = (probe: string): Fault => ({
    probe,
    kind: 'tls_expiring',
    daysLeft: 3,
    limitDays: 7,
    text: 'ends in 3 days',
  });
  const target = healthyTarget({
    lastCheck: {
      at: NOW,
      observation: {kind: 'ok', readings: {}, warnings: [fault('api'), fault('process')]},
    },
  });
  expect(row('api', target)).toBe('▲ ends soon 4.2 ms');
  expect(row('process', target)).toBe('▲ alive    pid 4242  3h12m');
});
