import {say} from '../../core/text/say.ts';
import type {Level} from '../../core/model/target.ts';
import {readLogLine} from '../../documents/log-entry.ts';
import type {MonitoredTarget} from '../../documents/monitor-status.ts';
import {formatMs} from '../../format/number.ts';
import {clockTime, isoTime} from '../../format/time.ts';
import {displayWidth, fit} from '../../format/width.ts';

export type DrillName = 'crash' | 'hang' | 'error' | 'slow';

/** The expected causes of each drill. Slow answers only cause a warning, never a restart. */
const EXPECTED: Readonly<Record<DrillName, readonly string[]>> = {
  crash: ['crashed', 'zombie'],
  hang: ['hung', 'suspended'],
  error: ['erroring', 'unhealthy'],
  slow: ['slow'],
};

/** The reaction of a monitor to a drill so far. Times are epoch milliseconds, by the monitor's clock. */
export interface DrillCourse {
  /** The first failed check or evidence. */
  readonly seenAt?: number;
  readonly downAt?: number;
  readonly loggedAt?: number;
  /** The line in the log that reports the failure, in the language of the log. */
  readonly logged?: string;
  readonly cause?: string;
  readonly fixAt?: number;
  readonly action?: string;
  readonly healthyAt?: number;
  /** The number of fixes. */
  readonly fixes: number;
  readonly health: string;
}

/** The largest difference between the clocks of the drill and of the monitor. */
const SLACK_MS = 150;
const ZONE_STEP_MS = 15 * 60_000;

/**
 * Combines the facts of the status file and of the log about a target since the break. Recognises the log line of the failure by level and time, in any
 * language: the first error of an incident says that it is down, and a warning is logged when it is recorded.
 */
export function courseOf(
  name: DrillName,
  target: MonitoredTarget,
  logText: string,
  brokenAt: number,
): DrillCourse {
  const since = (at: number | undefined) =>
    at !== undefined && at >= brokenAt - SLACK_MS ? at : undefined;
  const lines = inOurZone(
    logText.split('\n').flatMap(line => logEntry(line, target.name)),
    brokenAt,
  ).filter(({at}) => since(at) !== undefined);
  const records = target.fixes.filter(({at}) => since(at) !== undefined);
  const fixes = records.filter(({result}) => result !== 'warning_logged');
  const warned = records.find(({result}) => result === 'warning_logged');
  const healed = fixes.find(({result}) => result === 'success');
  const notice =
    name === 'slow'
      ? warned && lines.find(({at, level}) => level === 'warning' && Math.abs(at - warned.at) < 2)
      : lines.find(({level}) => level === 'error');
  const incident =
    since(target.lastIncident?.since) === undefined ? undefined : target.lastIncident;
  const firstLine = lines.find(({level}) => level === 'warning' || level === 'error');
  const first = fixes[0];
  return {
    seenAt: earliest([since(target.incidentSince), incident?.since, warned?.at, firstLine?.at]),
    downAt: name === 'slow' ? undefined : (notice?.at ?? since(target.downSince)),
    loggedAt: notice?.at,
    logged: notice?.text,
    cause: name === 'slow' ? warned?.cause : (first?.cause ?? incident?.cause ?? target.cause),
    fixAt: first?.at,
    action: healed?.action ?? first?.action,
    healthyAt: healed ? healed.at + (healed.healthyAfterMs ?? 0) : incident?.until,
    fixes: fixes.length,
    health: target.health,
  };
}

/** Whether the drill has its result. */
export function isOver(name: DrillName, course: DrillCourse): boolean {
  if (name === 'slow') return course.loggedAt !== undefined && course.cause !== undefined;
  return (
    course.healthyAt !== undefined &&
    (course.health === 'ok' || course.health === 'warn') &&
    course.loggedAt !== undefined
  );
}

export interface DrillResult {
  readonly drill: DrillName;
  readonly target: string;
  readonly preset: string;
  /** How the drill broke it, as a sentence. */
  readonly how: string;
  readonly brokenAt: number;
  readonly course: DrillCourse;
  /** How the drill itself repaired it, if the monitor did not. */
  readonly mended?: string;
}

/** The deviations from the expected course; empty when the drill passed. */
export function problemsOf({drill, course}: DrillResult): readonly string[] {
  const expected = EXPECTED[drill];
  const cause =
    course.cause === undefined || expected.includes(course.cause)
      ? []
      : [say`it was diagnosed as ${course.cause}, expected ${expected.join(say` or `)}`];
  if (drill === 'slow') {
    const warned = course.cause === undefined ? [say`no warning was recorded`] : [];
    const logged = course.loggedAt === undefined ? [say`the log does not mention it`] : [];
    return [
      ...warned,
      ...logged,
      ...cause,
      ...(course.fixes > 0 ? [say`it was restarted, but a slow service must not be`] : []),
    ];
  }
  if (course.seenAt === undefined) return [say`it was not noticed`];
  return [
    ...(course.downAt === undefined ? [say`it was noticed, but not called down`] : []),
    ...(course.loggedAt === undefined ? [say`the log does not mention it`] : []),
    ...cause,
    ...(course.fixes === 0 ? [say`nothing was done about it`] : []),
    ...(course.healthyAt === undefined ? [say`it did not recover`] : []),
  ];
}

/** A few lines: the events with their times since the break, and whether the drill passed. */
export function drillText(result: DrillResult): string {
  const {drill, target, preset, how, brokenAt, course, mended} = result;
  const problems = problemsOf(result);
  const row = (label: string, at: number | undefined, text = '') =>
    at === undefined
      ? []
      : [
          `  ${fit(label, 9)}${right(`+${formatMs(Math.max(0, at - brokenAt))}`, 9)}  ${text}`.trimEnd(),
        ];
  const lines = [
    say`drill ${drill}: ${target} (preset ${preset}): ${how}`,
    `  ${fit(say`broken`, 9)}${clockTime(brokenAt)}`,
    ...row(say`seen`, course.seenAt),
    ...row('down', course.downAt, course.cause),
    ...row(say`logged`, course.loggedAt, course.logged),
    ...row(say`fix`, course.fixAt, course.action),
    ...row(say`healthy`, course.healthyAt),
    ...(mended === undefined ? [] : [`  ${say`ended by the drill: ${mended}`}`]),
    problems.length === 0 ? `PASS: ${passed(result)}` : `FAIL: ${problems.join(say`; `)}`,
  ];
  return `${lines.join('\n')}\n`;
}

function right(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - displayWidth(text))) + text;
}

function passed({drill, brokenAt, course: {cause, action, healthyAt}}: DrillResult): string {
  if (drill === 'slow') return say`warned about, and not restarted`;
  return say`${cause ?? ''}, ${action ?? ''}, healthy after ${formatMs((healthyAt ?? brokenAt) - brokenAt)}`;
}

/** The same as a JSON document; times since the break in seconds. */
export function drillDocument(result: DrillResult): object {
  const {drill, target, preset, how, brokenAt, course, mended} = result;
  const problems = problemsOf(result);
  const after = (at: number | undefined) =>
    at === undefined ? null : Math.round(Math.max(0, at - brokenAt)) / 1_000;
  return {
    drill,
    target,
    preset,
    how,
    passed: problems.length === 0,
    problems,
    broken: isoTime(brokenAt),
    seen_after: after(course.seenAt),
    down_after: after(course.downAt),
    told_after: after(course.loggedAt),
    fix_after: after(course.fixAt),
    healthy_after: after(course.healthyAt),
    cause: course.cause ?? null,
    expected_causes: EXPECTED[drill],
    action: course.action ?? null,
    fixes: course.fixes,
    notice: course.logged ?? null,
    mended: mended ?? null,
  };
}

/** The entry of a log line of either format; none for another target. */
function logEntry(line: string, target: string): readonly LogEntry[] {
  const {at, level, logger, target: about, message = ''} = readLogLine(line) ?? {};
  if (at === undefined || level === undefined || logger !== 'agent2' || about !== target) return [];
  return [{at, level, text: message}];
}

interface LogEntry {
  readonly at: number;
  readonly level: Level;
  readonly text: string;
}

/**
 * A text log has the local time of its writer, maybe of another time zone: corrects the times by whole quarters of an hour, since the first
 * line is from about now.
 */
function inOurZone(lines: readonly LogEntry[], brokenAt: number): readonly LogEntry[] {
  const apart =
    Math.floor(((lines[0]?.at ?? brokenAt) - brokenAt + ZONE_STEP_MS / 3) / ZONE_STEP_MS) *
    ZONE_STEP_MS;
  return apart === 0 ? lines : lines.map(line => ({...line, at: line.at - apart}));
}

function earliest(times: ReadonlyArray<number | undefined>): number | undefined {
  const known = times.filter(time => time !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}
