import {afterEach, expect, test} from 'vitest';
import {
  courseOf,
  drillDocument,
  drillText,
  isOver,
  problemsOf,
  type DrillName,
  type DrillResult,
} from '../../../source/commands/drill/course.ts';
import {setLanguage} from '../../../source/core/text/say.ts';
import {logLine, logObject} from '../../../source/documents/log-line.ts';
import {catalogue} from '../../../source/languages/zh.ts';
import {readMonitorStatus, type MonitoredTarget} from '../../../source/documents/monitor-status.ts';
import {statusText} from '../../../source/documents/status.ts';
import {createWorld, type World} from '../../helpers/virtual/world.ts';

/** A drill in virtual time, seen through the text of the status file and of the log. */
function drilled(
  drill: DrillName,
  hurt: (world: World) => void,
  ms = 60_000,
  options: Parameters<typeof createWorld>[0] = {},
  logged: (world: World) => string = logOf,
): DrillResult {
  const world = createWorld(options);
  world.advance(61_000);
  const brokenAt = world.now();
  hurt(world);
  world.advance(ms);
  const target = readMonitorStatus(statusText(world.state(), world.now(), {pid: 42}))?.targets[0];
  if (!target) throw new Error('the status has no target');
  return {
    drill,
    target: 'web',
    preset: target.preset,
    how: 'a test',
    brokenAt,
    course: courseOf(drill, target, logged(world), brokenAt),
  };
}

function logOf({notices}: World, zoneMs = 0): string {
  return notices
    .filter(({level}) => level !== 'debug')
    .map(notice => `${logLine({...notice, at: notice.at + zoneMs})}\n`)
    .join('');
}

afterEach(() => setLanguage({}));

const crash = (world: World) => void (world.service.process = 'gone-with-pid-file');

test('a crash that was healed is passed, with the time of every step', () => {
  const result = drilled('crash', crash);
  const {course, brokenAt} = result;
  expect(problemsOf(result)).toEqual([]);
  expect(isOver('crash', course)).toBe(true);
  expect(course).toMatchObject({
    cause: 'crashed',
    action: 'restart',
    fixes: 1,
    health: 'ok',
    logged: expect.stringMatching(/^down: crashed: process 100 is gone/) as string,
  });
  const steps = [brokenAt, course.seenAt, course.downAt, course.fixAt, course.healthyAt].map(
    at => at ?? NaN,
  );
  expect(steps).toEqual([...steps].sort((a, b) => a - b));
  expect((course.downAt ?? 0) - brokenAt).toBeLessThan(500);
  expect(drillText(result)).toMatch(
    /^drill crash: web \(preset test\): a test\n[^]*seen +\+\d+ ms\n[^]*PASS: crashed, restart, healthy after /,
  );
  expect(drillDocument(result)).toMatchObject({
    passed: true,
    problems: [],
    cause: 'crashed',
    action: 'restart',
  });
});

test.each([-12, -3.5, 5.5, 5.75, 14])(
  'the log of a monitor whose clock on the wall is %d h ahead tells the same',
  hours => {
    expect(drilled('crash', crash, 60_000, {}, world => logOf(world, hours * 3_600_000))).toEqual(
      drilled('crash', crash),
    );
  },
);

test('a suspended service counts as a hang, and so does one that only does not answer', () => {
  expect(problemsOf(drilled('hang', world => void (world.service.process = 'stopped')))).toEqual(
    [],
  );
  expect(problemsOf(drilled('hang', world => void (world.service.api = 'hung')))).toEqual([]);
});

test.each([
  [
    'in Chinese',
    (world: World) => {
      setLanguage(catalogue);
      const text = logOf(world);
      setLanguage({});
      return text;
    },
  ],
  ['of JSON', ({notices}: World) => notices.map(notice => `${logObject(notice)}\n`).join('')],
])('a log %s tells a drill the same, and is quoted as it is', (_, logged) => {
  const drills = {
    crash,
    slow: (world: World) => void (world.service.api = 'slow'),
  };
  for (const [drill, hurt] of Object.entries(drills) as [DrillName, typeof crash][]) {
    const english = drilled(drill, hurt);
    const result = drilled(drill, hurt, 60_000, {}, logged);
    expect(problemsOf(result)).toEqual([]);
    expect({...result.course, logged: ''}).toEqual({...english.course, logged: ''});
    expect(result.course.logged).toMatch(/^(down|slow)/);
  }
});

test('a drill that nobody noticed, or that was taken for something else, has failed', () => {
  expect(problemsOf(drilled('crash', () => {}))).toEqual(['it was not noticed']);
  expect(problemsOf(drilled('crash', world => void (world.service.api = 'error')))).toEqual([
    'it was diagnosed as erroring, expected crashed or zombie',
  ]);
});

test('a drill whose fix did not help has failed, and says what is missing', () => {
  const result = drilled('error', world => {
    world.service.api = 'error';
    world.service.restartsInto = 'broken';
  });
  expect(problemsOf(result)).toEqual(['it did not recover']);
  expect(drillText({...result, mended: 'by hand'})).toMatch(
    /ended by the drill: by hand\nFAIL: it did not recover/,
  );
  expect(
    problemsOf(
      drilled('error', world => void (world.service.api = 'error'), 60_000, {observing: true}),
    ),
  ).toEqual(['nothing was done about it', 'it did not recover']);
});

test('a slow service is passed when it was warned about and not restarted', () => {
  const result = drilled('slow', world => void (world.service.api = 'slow'));
  expect(problemsOf(result)).toEqual([]);
  expect(isOver('slow', result.course)).toBe(true);
  expect(problemsOf({...result, course: {...result.course, fixes: 1}})).toEqual([
    'it was restarted, but a slow service must not be',
  ]);
  expect(problemsOf(drilled('slow', () => {}))).toEqual([
    'no warning was recorded',
    'the log does not mention it',
  ]);
});

test('a log that does not tell of it fails the drill, whatever the status says', () => {
  const world = createWorld();
  world.advance(61_000);
  const brokenAt = world.now();
  crash(world);
  world.advance(60_000);
  const target = readMonitorStatus(statusText(world.state(), world.now(), {pid: 42}))
    ?.targets[0] as MonitoredTarget;
  const course = courseOf(
    'crash',
    target,
    'not a line\n2026-01-27 10:30:05,123 - Agent2 - ERROR - other: down: crashed\n',
    brokenAt,
  );
  expect(
    problemsOf({drill: 'crash', target: 'web', preset: 'test', how: '', brokenAt, course}),
  ).toContain('the log does not mention it');
});

test('what happened before the drill is none of it', () => {
  const world = createWorld();
  world.advance(6_000);
  crash(world);
  world.advance(60_000);
  const brokenAt = world.now();
  world.advance(10_000);
  const target = readMonitorStatus(statusText(world.state(), world.now(), {pid: 42}))
    ?.targets[0] as MonitoredTarget;
  expect(courseOf('crash', target, logOf(world), brokenAt)).toEqual({health: 'ok', fixes: 0});
});

test('a text that is no status file is none', () => {
  for (const text of ['', '{', 'null', '[]', '{"targets":7}'])
    expect(readMonitorStatus(text)).toBeUndefined();
});
