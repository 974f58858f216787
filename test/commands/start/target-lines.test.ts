import {expect, test} from 'vitest';
import {targetLines} from '../../../source/commands/start/target-lines.ts';
import {readMonitorStatus} from '../../../source/documents/monitor-status.ts';
import {displayWidth} from '../../../source/format/width.ts';

const WHY =
  'held (crashed: process 4242 is gone, its pid file /tmp/w/u/svc/web.pid is still there); next attempt in 30 min, agent2 restart web does it now';

function lines(width: number, ...names: readonly string[]): readonly string[] {
  const targets = names.map(name => ({name, health_status: 'down', why: WHY}));
  const status = readMonitorStatus(JSON.stringify({targets}));
  return targetLines(status?.targets ?? [], width)
    .split('\n')
    .slice(0, -1);
}

test('in a pipe each target is one line with all of its reason', () => {
  expect(lines(Infinity, 'web', 'database')).toEqual([
    `web       down  ${WHY}`,
    `database  down  ${WHY}`,
  ]);
});

test('on a terminal a reason goes on below where it began, and nothing of it is cut', () => {
  for (const width of [40, 80, 120]) {
    const shown = lines(width, '网站');
    expect(shown.filter(line => displayWidth(line) > width)).toEqual([]);
    expect(shown.slice(1).every(line => /^ {12}\S/.test(line))).toBe(true);
    expect(shown.map(line => line.trim()).join(' ')).toBe(`网站  down  ${WHY}`);
  }
});

test('a long name leaves room for the reason', () => {
  const shown = lines(60, 'a-very-long-name-of-a-database-that-nobody-types-by-hand');
  expect(shown[0]).toMatch(/^a-very-long-name-of-a-database… {2}down {2}held/);
  expect(shown.filter(line => displayWidth(line) > 60)).toEqual([]);
});

test('nothing is watched: nothing is said', () => {
  expect(lines(80)).toEqual([]);
});
