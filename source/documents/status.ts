import {loopFigures, presentLoop} from '../core/fix/crash-loop.ts';
import {incidentHang} from '../core/check/diagnosis.ts';
import type {State} from '../core/model/state.ts';
import type {Phase, TargetState} from '../core/model/target.ts';
import {presetLabel} from '../core/preset-label.ts';
import {phaseOf} from '../core/phase.ts';
import {whyLasts, whyLine} from '../core/why.ts';
import {isoTime} from '../format/time.ts';
import {stated, statedAll} from './stated-text.ts';
import {targetsOf} from '../core/targets.ts';

/** Facts about the process that holds the state. */
export interface MonitorFacts {
  readonly pid: number;
  readonly version?: string;
  /** The file of the targets, if any. */
  readonly config?: string;
  /** When its terminal went away while it ran. */
  readonly screenLostAt?: number;
  /** The targets with a running fix that delays its end. */
  readonly awaited?: readonly string[];
}

/** Builds the text of `agent2_status.json`: the document with an indent of two; reuses each target's part while it is unchanged. */
export function statusText(state: State, now: number, monitor: MonitorFacts): string {
  const frame = frameOf(state, now, monitor);
  const texts = targetsOf(state).map(target => targetText(state, target, now));
  const all = texts.length === 0 ? '[]' : `[\n    ${texts.join(',\n    ')}\n  ]`;
  return `${JSON.stringify(frame, undefined, 2).slice(0, -'\n}'.length)},\n  "targets": ${all}\n}\n`;
}

/** One target's part of that text, cached while neither the target nor its reason changes. */
export function targetText(state: State, target: TargetState, now: number): string {
  const phase = phaseOf(state, target);
  const known = texts.get(target);
  if (known?.phase === phase) return known.text;
  // Stringified inside its frame for the right indent, since a `replace` afterwards would leave a string of a hundred pieces.
  const text = JSON.stringify({targets: [targetDocument(state, target, now)]}, undefined, 2).slice(
    '{\n  "targets": [\n    '.length,
    -'\n  ]\n}'.length,
  );
  if (whyLasts(target)) texts.set(target, {phase, text});
  return text;
}

const texts = new WeakMap<TargetState, {readonly phase: Phase; readonly text: string}>();

/** The first five keys are AgentOS's and describe the first target; `targets` has all of them. */
export function statusDocument(state: State, now: number, monitor: MonitorFacts) {
  return {
    ...frameOf(state, now, monitor),
    targets: targetsOf(state).map(target => targetDocument(state, target, now)),
  };
}

function frameOf(
  state: State,
  now: number,
  {pid, version, config, awaited = [], screenLostAt}: MonitorFacts,
) {
  const first = targetsOf(state)[0];
  return {
    ...(first ? head(state, first) : {}),
    updated: isoTime(now),
    pid,
    ...(version === undefined ? {} : {version}),
    config: config ?? null,
    ...(screenLostAt === undefined ? {} : {screen_lost: isoTime(screenLostAt)}),
    started: isoTime(state.startedAt),
    ...statedAll('troubles', state.problems),
    ...(awaited.length === 0 ? {} : {awaited_fixes: awaited}),
  };
}

function head(state: State, target: TargetState) {
  return {
    status: phaseOf(state, target),
    last_check: target.lastCheck ? isoTime(target.lastCheck.at) : null,
    health_status: target.health.level,
    consecutive_failures: target.health.failures,
    fixes: fixDocuments(target),
  };
}

/** One target under `targets`. */
export function targetDocument(state: State, target: TargetState, now: number) {
  const {process, api, port, checks} = target.readings;
  return {
    name: target.settings.name,
    address: target.settings.address,
    ...head(state, target),
    preset: presetLabel(target),
    interval: target.policy.intervalMs / 1000,
    health_since: isoTime(target.health.since),
    observing: target.observing,
    paused_until: target.pausedUntil === undefined ? null : isoTime(target.pausedUntil),
    fix: target.settings.fix,
    heals: target.settings.traits.heals,
    owns_process: target.settings.traits.ownsProcess,
    depends_on: target.settings.dependsOn,
    cause: target.incident?.cause ?? null,
    hang: (target.incident && incidentHang(target.incident, target.settings.local)) ?? null,
    incident_since: target.incident ? isoTime(target.incident.startedAt) : null,
    down_since: target.health.level === 'down' ? isoTime(target.health.since) : null,
    last_incident: lastIncident(target),
    crash_loop: crashLoop(target),
    drill: target.settings.drill ?? [],
    faults: target.incident?.faults.map(({kind, text}) => ({kind, ...stated('text', text)})) ?? [],
    found: target.incident?.evidence?.found ?? [],
    warnings: target.warned.map(({kind, text}) => ({kind, ...stated('text', text)})),
    ...stated('why', whyLine(target, now)),
    ledger: target.ledger,
    total_checks: target.health.totalChecks,
    total_failures: target.health.totalFailures,
    flapping: target.health.flapping,
    response_time: api?.totalMs === undefined ? null : api.totalMs / 1000,
    process:
      process && 'identity' in process
        ? {
            state: process.state,
            pid: process.identity.pid,
            start_key: process.identity.startKey,
            ...('unproven' in process ? {unproven: true} : {}),
          }
        : process
          ? {state: process.state, pid: null}
          : null,
    port: port ? {port: port.port, listening: port.listening} : null,
    checks: Object.fromEntries(
      Object.entries(checks ?? {}).map(([name, check]) => [
        name,
        {...check, ...stated('text', check.text)},
      ]),
    ),
  };
}

/** The last ended incident with a `down` verdict: it may have come and gone between two reads of this file. */
function lastIncident({incidents}: TargetState) {
  const last = incidents.at(-1);
  return last
    ? {
        since: isoTime(last.startedAt),
        until: isoTime(last.endedAt),
        cause: last.cause,
        fixes: last.fixes,
      }
    : null;
}

/** The failure that comes back soon after each fix, while it does. */
function crashLoop(target: TargetState) {
  const loop = presentLoop(target);
  if (!loop) return null;
  const {livesMs, up} = loopFigures(loop.again);
  return {
    since: isoTime(loop.again.startedAt),
    restarts: loop.fixes,
    lives: Math.round(livesMs) / 1000,
    up: Math.round(up * 10_000) / 10_000,
  };
}

/** A running fix has no result yet, so it is not among them. */
function fixDocuments(target: TargetState) {
  return target.fixes
    .filter(fix => fix.result !== 'running')
    .map(({at, issue, action, result, cause, healthyAfterMs, detail, verdict}) => ({
      timestamp: isoTime(at),
      issue,
      action,
      result,
      cause,
      ...(healthyAfterMs === undefined ? {} : {healthy_after: Math.round(healthyAfterMs) / 1000}),
      ...(verdict === undefined ? {} : {verdict}),
      ...(detail === undefined ? {} : stated('detail', detail)),
    }));
}
