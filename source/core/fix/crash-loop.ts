import type {Cause} from '../model/cause.ts';
import type {CrashLoop, Incident, IncidentRecord} from '../model/incident.ts';
import type {Level, TargetState} from '../model/target.ts';
import type {Text} from '../model/text.ts';
import {notify, type Step} from '../notice.ts';
import {median} from './median.ts';
import {message} from '../text/message.ts';
import {span} from '../text/span.ts';
import {CALM_MS} from './waste.ts';

/**
 * A service that fails again soon after each fix has one incident that goes on, not many. It is told as down and as recovered the first two
 * times, then once as a crash loop, with one reminder, and as recovered when it was healthy for ten minutes.
 */

/** So many relapses are a crash loop. */
const LOOP = 2;
const REMIND_MS = 60 * 60_000;
const KEPT_LIVES = 21;

/** How the same failure may show: it depends on when a check sees it. */
const DIED: ReadonlySet<Cause> = new Set<Cause>(['crashed', 'zombie', 'not_listening']);

export function isSameFailure(a: Cause, b: Cause): boolean {
  return a === b || (DIED.has(a) && DIED.has(b));
}

/** The incident gets its verdict: it continues the last one when the same failure is back within ten healthy minutes after a fix. */
export function continued(target: TargetState, incident: Incident, cause: Cause): TargetState {
  const last = openLoop(target) ?? relapseOf(target, incident, cause);
  if (!last) return {...target, incident};
  const {again} = last;
  const healthySince = target.healthySince ?? last.endedAt;
  const livedMs = Math.max(0, incident.startedAt - healthySince);
  const loop: CrashLoop = {
    startedAt: last.startedAt,
    relapses: (again?.relapses ?? 0) + 1,
    fixes: last.fixes,
    held: last.held,
    livedMs: [...(again?.livedMs ?? []), livedMs].slice(-KEPT_LIVES),
    upMs: (again?.upMs ?? 0) + livedMs,
    downMs: again?.downMs ?? last.endedAt - last.startedAt,
    ...(again?.toldAt === undefined ? {} : {toldAt: again.toldAt}),
    ...(again?.reminded ? {reminded: true} : {}),
  };
  return {
    ...target,
    incidents: target.incidents.filter(record => record !== last),
    // The fix of a manual restart that led to this relapse has the number that the incident had until now.
    fixes: target.fixes.map(fix =>
      fix.incident === incident.number ? {...fix, incident: last.number} : fix,
    ),
    incident: {
      ...incident,
      number: last.number,
      began: {cause: last.cause, faults: last.faults},
      evidence: incident.evidence ?? (isTold(again) ? last.evidence : undefined),
      again: loop,
    },
  };
}

/** The told crash loop that is not over: whatever fails next belongs to it. */
function openLoop({incidents}: TargetState): IncidentRecord | undefined {
  return incidents.findLast(({again}) => isTold(again) && !again?.over);
}

function relapseOf(
  {incidents, fixes, healthySince}: TargetState,
  {startedAt}: Incident,
  cause: Cause,
): IncidentRecord | undefined {
  const last = incidents.at(-1);
  if (!last || !isSameFailure(last.cause, cause)) return undefined;
  const fix = fixes.findLast(({incident}) => incident === last.number);
  const soon = startedAt - (healthySince ?? last.endedAt) < CALM_MS;
  return soon && fix?.result === 'success' ? last : undefined;
}

/** Logs that the target is down, the first two times; then that it is a crash loop; later relapses are routine. */
export function tellDown(
  target: TargetState,
  text: Text,
  at: number,
  level: Level = 'error',
): Step {
  const {incident} = target;
  const again = incident?.again;
  if (!incident || !again || again.relapses < LOOP)
    return notify(target, {at, level, kind: 'down', text});
  const told = (change: Partial<CrashLoop>): TargetState => ({
    ...target,
    incident: {...incident, again: {...again, ...change}},
  });
  if (again.toldAt === undefined)
    return notify(told({toldAt: at}), {
      at,
      level: 'error',
      kind: 'relapsing',
      text: message`${loopText(incident.began?.cause, again)}; ${text}`,
    });
  if (!again.reminded && at - again.toldAt >= REMIND_MS)
    return notify(told({reminded: true}), {
      at,
      level: 'warning',
      kind: 'relapsing',
      text: message`still ${loopText(incident.began?.cause, again)}`,
    });
  return notify(target, {at, level: 'info', kind: 'again', text});
}

/** Logs the end of a told crash loop after ten healthy minutes. */
export function endLoop(target: TargetState, at: number): Step {
  const {healthySince, incident} = target;
  if (incident || healthySince === undefined || at - healthySince < CALM_MS) return [target, []];
  const loop = openLoop(target);
  if (!loop?.again) return [target, []];
  const ended = {...loop, again: {...loop.again, over: true as const}};
  return notify(
    {...target, incidents: target.incidents.map(each => (each === loop ? ended : each))},
    {
      at,
      level: 'info',
      kind: 'recovered',
      text: message`recovered: healthy for ${span(CALM_MS)} after ${loop.fixes} restarts`,
    },
  );
}

/** Whether people were told that the incident is a crash loop, so that its rounds are routine. */
export function isTold(again: CrashLoop | undefined): boolean {
  return again?.toldAt !== undefined;
}

/** The told crash loop that a target is in, also while a new failure of it is not judged yet; `fixes` are all of it. */
export function presentLoop(
  target: TargetState,
): {readonly cause?: Cause; readonly fixes: number; readonly again: CrashLoop} | undefined {
  const {incident} = target;
  if (incident?.again && isTold(incident.again))
    return {
      cause: incident.began?.cause,
      fixes: incident.again.fixes + incident.fixes,
      again: incident.again,
    };
  const loop = openLoop(target);
  return (
    loop?.again && {
      cause: loop.cause,
      fixes: loop.fixes + (incident?.fixes ?? 0),
      again: loop.again,
    }
  );
}

/** The crash loop of a target in one clause; undefined where none was told, or it is over. */
export function loopClause(target: TargetState): Text | undefined {
  const loop = presentLoop(target);
  return loop && loopText(loop.cause, loop.again, loop.fixes);
}

/** How long it is well each time, in milliseconds (the median), and the share of time, from 0 to 1. */
export function loopFigures({livedMs, upMs, downMs}: CrashLoop): {
  readonly livesMs: number;
  readonly up: number;
} {
  return {livesMs: median(livedMs) ?? 0, up: upMs / Math.max(1, upMs + downMs)};
}

/** `restarts`: all fixes of the incident; those of the earlier rounds unless given. */
export function loopText(cause: Cause | undefined, again: CrashLoop, restarts = again.fixes): Text {
  const {livesMs, up: share} = loopFigures(again);
  const [lives, up] = [span(livesMs), Math.floor(100 * share)];
  const died = cause !== undefined && DIED.has(cause);
  if (restarts === 1)
    return died
      ? message`down again: lived ${lives}, restarted ${restarts} time, up ${up} %`
      : message`down again: was well for ${lives}, restarted ${restarts} time, up ${up} %`;
  return died
    ? message`crash loop: lives about ${lives}, restarted ${restarts} times, up ${up} %`
    : message`failure loop: well for about ${lives}, restarted ${restarts} times, up ${up} %`;
}
