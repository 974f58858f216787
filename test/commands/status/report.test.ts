import {expect, test} from 'vitest';
import {
  onlyTarget,
  statusDocument,
  worstOf,
  type InspectedMonitor,
} from '../../../source/documents/inspected-monitor.ts';
import {readMonitorStatus, staleMsOf} from '../../../source/documents/monitor-status.ts';
import {statusReport} from '../../../source/commands/status/report.ts';
import {joined, message} from '../../../source/core/text/message.ts';
import {CLAUSE} from '../../../source/core/why.ts';
import {displayWidth} from '../../../source/format/width.ts';

const NOW = Date.UTC(2026, 0, 27, 12);
const fix = {
  timestamp: '2026-01-27T11:00:00.000000+00:00',
  issue: 'process not alive',
  action: 'systemctl restart a-very-long-unit-name-for-a-service.service',
  result: 'success',
  cause: 'crashed',
  healthy_after: 1.3,
};

/** A monitor of targets with these words of health and phase. */
function look(
  targets: ReadonlyArray<readonly [name: string, health: string, phase: string]>,
  more: Partial<InspectedMonitor> = {},
): InspectedMonitor {
  const documents = targets.map(([name, health_status, status]) => ({
    name,
    health_status,
    status,
    address: `http://127.0.0.1:3000/${name}`,
    preset: 'test*',
    interval: 5,
    why: 'healthy; 0 of 3 restarts used in 5 min',
    last_check: fix.timestamp,
    health_since: fix.timestamp,
    fixes: [fix],
  }));
  return {
    stateDir: '/var/lib/agent2',
    condition: 'up',
    pid: 42,
    status: readMonitorStatus(JSON.stringify({status: 'monitoring', targets: documents})),
    documents,
    ...more,
  };
}

test.each([
  [['ok', 'monitoring'], 'ok'],
  [['warn', 'monitoring'], 'warn'],
  [['down', 'held'], 'down'],
  [['down', 'fixing'], 'down'],
  [['ok', 'paused'], 'unknown'],
  [['unknown', 'initializing'], 'unknown'],
] as const)('a target that is %j counts as %s', ([health, phase], wanted) => {
  expect(worstOf([look([['web', health, phase]])])).toBe(wanted);
});

test('the worst target counts, what is not known before what is well; a monitor that is stuck or gone knows nothing', () => {
  expect(
    worstOf([
      look([
        ['a', 'ok', 'monitoring'],
        ['b', 'warn', 'monitoring'],
      ]),
      look([['c', 'ok', 'paused']]),
    ]),
  ).toBe('warn');
  for (const condition of ['starting', 'suspended', 'stale', 'ended', 'died'] as const)
    expect(statusDocument([look([['web', 'ok', 'monitoring']], {condition})])).toMatchObject({
      exit_code: 3,
    });
  expect(worstOf([])).toBe('unknown');
  expect(
    statusDocument([
      onlyTarget(
        look([
          ['a', 'ok', 'monitoring'],
          ['b', 'down', 'held'],
        ]),
        'a',
      ),
    ]),
  ).toMatchObject({exit_code: 0, monitors: [{targets: [{name: 'a'}]}]});
});

test('a monitor is stuck when it has written no status for three checks and ten seconds, however seldom or often it checks', () => {
  const of = (intervalMs: number) =>
    staleMsOf({targets: [{intervalMs}]} as unknown as Parameters<typeof staleMsOf>[0]);
  expect([100, 5_000, 15_000, 3_600_000].map(of)).toEqual([25_000, 25_000, 55_000, 100_000]);
});

test('the report fits its columns, aligned also with wide characters, and is coloured only when asked', () => {
  const looks = [
    look(
      [
        ['网站服务', 'ok', 'monitoring'],
        ['a-very-long-name-of-a-database', 'down', 'held'],
      ],
      {process: {uptimeMs: 11_520_000, cpuPercent: 0.4, rssBytes: 64e6}},
    ),
  ];
  const text = statusReport(looks, {now: NOW, width: 80, colour: false});
  expect(text.split('\n').filter(line => displayWidth(line) > 80)).toEqual([]);
  expect(text).not.toContain('\x1b');
  const cells = text
    .split('\n')
    .filter(line => /\b(HEALTH +PHASE|ok +monitoring|down +held)/.test(line));
  expect(
    new Set(
      cells.map(line => displayWidth(line.slice(0, line.search(/HEALTH|ok +mon|down +held/)))),
    ).size,
  ).toBe(1);
  expect(text).toMatch(
    /^AGENT2 CRITICAL - 1 down, 1 ok; a-very-long-name-of-a-database: healthy; 0 of 3…\n\nagent2 {2}pid 42 {2}up 3h12m {2}cpu 0\.4% {2}61 MiB\nstate in \/var\/lib\/agent2\n/,
  );
  const coloured = statusReport(looks, {now: NOW, width: 80, colour: true});
  expect(coloured).toContain('\x1b[31mdown');
  expect(coloured.replace(/\x1b\[\d+m/g, '')).toBe(text);
});

test('a monitor that does not run promises nothing: its last reason keeps the facts', () => {
  const why = joined(
    [
      message`held (${'crashed'})`,
      message`next attempt in ${message`${4} s`}, ${message`agent2 restart ${'web'} does it now`}`,
      message`${2} of ${3} restarts used in ${message`${5} min`}`,
    ],
    CLAUSE,
  );
  const of = (condition: InspectedMonitor['condition']) => {
    const targets = [
      {name: 'web', health_status: 'down', status: 'held', why: 'held', why_data: why},
    ];
    const status = readMonitorStatus(JSON.stringify({targets, awaited_fixes: ['web']}));
    return statusReport([look([], {condition, status})], {now: NOW, width: 200, colour: false});
  };
  expect(of('up')).toContain(
    'held (crashed); next attempt in 4 s, agent2 restart web does it now; 2 of',
  );
  expect(of('up')).toContain('ends when the fix of web is done');
  for (const condition of ['ended', 'died'] as const) {
    expect(of(condition)).toContain('\n  held (crashed); 2 of 3 restarts used in 5 min\n');
    expect(of(condition)).not.toMatch(/next attempt|ends when/);
  }
});

test.each([
  [
    [
      look([
        ['web', 'ok', 'monitoring'],
        ['db', 'ok', 'monitoring'],
      ]),
    ],
    'AGENT2 OK - 2 ok',
  ],
  [
    [
      look([
        ['web', 'ok', 'monitoring'],
        ['db', 'warn', 'monitoring'],
        ['mail', 'ok', 'paused'],
      ]),
    ],
    'AGENT2 WARNING - 1 warn, 1 paused, 1 ok; db: healthy',
  ],
  [[look([['web', 'ok', 'paused']])], 'AGENT2 UNKNOWN - 1 paused'],
  [
    [look([['web', 'ok', 'monitoring']], {condition: 'died', ageMs: 4_000})],
    'AGENT2 UNKNOWN - 1 unknown; agent2 is not running: it was killed, or the machine went down',
  ],
  [
    [look([['db', 'down', 'held']]), look([['web', 'ok', 'monitoring']], {stateDir: '/other'})],
    'AGENT2 CRITICAL - 1 down, 1 ok; db: healthy',
  ],
])('the first line says how all is, as a Nagios plug-in does: %#', (looks, wanted) => {
  const [first = ''] = statusReport(looks, {now: NOW, width: 200, colour: false}).split('\n');
  expect(first.startsWith(wanted)).toBe(true);
  expect(first).not.toContain('|');
});
