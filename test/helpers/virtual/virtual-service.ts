import {combine} from '../../../source/core/check/combine.ts';
import type {Failure, Fault} from '../../../source/core/model/fault.ts';
import type {
  Observation,
  ProbeResult,
  ProcessReading,
  ProcessSource,
} from '../../../source/core/model/observation.ts';

/** A service in virtual time: what it is like decides what probes see. */
export interface Service {
  pid: number;
  /** When its process began, where the platform tells. */
  startedAt?: number;
  process:
    'alive' | 'gone' | 'gone-with-pid-file' | 'stopped' | 'zombie' | 'zombie-without-pid-file';
  /** `deadlocked` is a hang that shows as `idle`. */
  api: 'ok' | 'slow' | 'hung' | 'deadlocked' | 'error' | 'down';
  /** From when on the port is open. */
  readyAt: number;
  /** How long a start takes. */
  startMs: number;
  /** A foreign process holds the port; it answers wrong unless `answered`. */
  stranger: boolean;
  /** Whoever holds the port answers right, whatever became of the process. */
  answered: boolean;
  deafToContinue: boolean;
  /** Whether somebody takes a restart signal, where that is the fix. */
  consumer: 'takes' | 'absent';
  /** What the fix leaves behind. */
  restartsInto: 'healthy' | 'dying' | 'broken' | 'fails' | 'unchanged';
  /** The parts that `down` is blamed on. */
  components?: readonly string[];
  /** What its process manager says about a failure. */
  manager?: 'told_to_stop' | 'being_restarted';
  /** What it answers instead, whatever a restart does. */
  answer?: Failure;
  /** Warnings of its checks, beside that of `slow`. */
  warnings: readonly Fault[];
  /** We cannot look at it. */
  blind: boolean;
  /** How late our own timers are while we look at it. */
  lagMs: number;
  /** A check that is cancelled answers all the same, too late. */
  answersLate: boolean;
}

export function newService(pid: number, startMs: number): Service {
  return {
    pid,
    process: 'alive',
    api: 'ok',
    readyAt: 0,
    startMs,
    stranger: false,
    answered: false,
    deafToContinue: false,
    consumer: 'takes',
    restartsInto: 'healthy',
    warnings: [],
    blind: false,
    lagMs: 0,
    answersLate: false,
  };
}

/** What a restart by the fix makes of it. */
export function restart(service: Service, now: number): void {
  if (service.restartsInto === 'unchanged') return;
  service.pid += 1;
  service.process = service.restartsInto === 'dying' ? 'gone-with-pid-file' : 'alive';
  service.api = service.restartsInto === 'broken' ? 'error' : 'ok';
  service.readyAt = now + service.startMs;
}

/** What the probes of one check see, and how long that takes. */
export function observe(
  service: Service,
  via: ProcessSource,
  now: number,
  timeoutMs: number,
): {readonly observation: Observation; readonly tookMs: number} {
  if (service.blind)
    return {observation: {kind: 'inconclusive', reason: 'no file descriptor is left'}, tookMs: 3};
  const {readings, faults: found} = sight(service, via, true);
  const faults = [...found];
  if (isAnswered(service, readings.process)) {
    const observation = combine(
      [{readings, faults, latencyMs: 3, warnings: service.warnings}],
      true,
    );
    return {observation, tookMs: 3};
  }
  const up = service.process === 'alive' || (service.stranger && service.process !== 'stopped');
  if (service.process === 'alive' && now < service.readyAt)
    faults.push({probe: 'api', kind: 'connect_refused', text: 'refused'});
  else if (service.process !== 'alive' && service.stranger)
    faults.push({probe: 'api', kind: 'status_unexpected', status: 500, text: 'status 500'});
  else if (up && service.answer) faults.push(service.answer);
  else if (up && service.api === 'hung')
    faults.push({probe: 'api', kind: 'response_timeout', text: 'no response'});
  else if (up && service.api === 'deadlocked')
    faults.push({probe: 'api', kind: 'response_timeout', hang: 'idle', text: 'nobody accepts'});
  else if (up && service.api === 'error')
    faults.push({probe: 'api', kind: 'status_unexpected', status: 500, text: 'status 500'});
  else if (up && service.api === 'down')
    faults.push({
      probe: 'api',
      kind: 'body_unexpected',
      field: 'status',
      wanted: 'ok',
      got: 'down',
      text: 'status is down',
      components: service.components,
    });
  else if (!up && service.process !== 'stopped')
    faults.push({probe: 'api', kind: 'connect_refused', text: 'refused'});
  if (faults.length > 0 && faults.every(({probe}) => probe !== 'manager'))
    faults.push(...managerSays(service));
  const [first, ...rest] = faults;
  if (first)
    return {
      observation: {
        kind: 'failed',
        readings,
        faults: [first, ...rest],
        ...(service.warnings.length > 0 ? {warnings: service.warnings} : {}),
      },
      tookMs: first.kind === 'response_timeout' ? timeoutMs : 3,
    };
  const slow: readonly Fault[] =
    service.api === 'slow'
      ? [{probe: 'api', kind: 'slow', latencyMs: 3_500, limitMs: 3_000, text: 'slow'}]
      : [];
  const warnings = [...slow, ...service.warnings];
  const latencyMs = slow.length > 0 ? 3_500 : 3;
  return {
    observation: {kind: 'ok', readings, latencyMs, ...(warnings.length > 0 ? {warnings} : {})},
    tookMs: latencyMs,
  };
}

/** What a look at the process sees; `withOwner`: also who holds the port, and what that answers. */
export function look(service: Service, via: ProcessSource, withOwner: boolean): ProbeResult {
  const seen = sight(service, via, withOwner);
  if (!withOwner || !isAnswered(service, seen.readings.process)) return seen;
  const {readings, ...rest} = combine([seen], true);
  return {readings, faults: 'faults' in rest ? rest.faults : [], warnings: rest.warnings};
}

function isAnswered({answered}: Service, process: ProcessReading | undefined): boolean {
  const isCertain = process?.state === 'gone' && process.via === 'child';
  return answered && process?.state !== 'stopped' && !isCertain;
}

function sight(service: Service, via: ProcessSource, withOwner: boolean): ProbeResult {
  if (service.blind) return {readings: {}, faults: []};
  const reading = processReading(service, via);
  const {pid} = service;
  const faults: Failure[] = [];
  if (reading.state === 'gone')
    faults.push({probe: 'process', kind: 'process_gone', pid, text: `process ${pid} is gone`});
  if (reading.state === 'stopped')
    faults.push({
      probe: 'process',
      kind: 'process_stopped',
      pid,
      traced: false,
      text: `process ${pid} is suspended`,
    });
  if (reading.state === 'zombie')
    faults.push({
      probe: 'process',
      kind: 'process_zombie',
      pid,
      text: `process ${pid} is a zombie`,
    });
  if (withOwner && service.stranger && (reading.state === 'gone' || reading.state === 'zombie'))
    faults.push({
      probe: 'port',
      kind: 'port_foreign',
      port: 1,
      pid: 7,
      command: 'nc',
      text: 'port 1 is held by process 7 (nc)',
    });
  if (withOwner && faults.length > 0) faults.push(...managerSays(service));
  return {readings: {process: reading}, faults};
}

function managerSays({manager}: Service): readonly Failure[] {
  return manager === undefined
    ? []
    : [{probe: 'manager', kind: manager, text: `the manager says ${manager}`}];
}

function processReading({pid, process, startedAt}: Service, via: ProcessSource): ProcessReading {
  switch (process) {
    case 'gone':
      return {state: 'gone', via, pid, pidFile: via === 'child' ? 'none' : 'missing'};
    case 'gone-with-pid-file':
      return {state: 'gone', via, pid, pidFile: via === 'child' ? 'none' : 'left'};
    case 'zombie-without-pid-file':
      return {
        state: 'zombie',
        identity: {pid, startKey: `k${pid}`},
        via,
        command: 'web',
        ...(via === 'pid-file' ? {pidFile: 'missing'} : {}),
      };
    default:
      return {
        state: process,
        identity: {pid, startKey: `k${pid}`},
        via,
        command: 'web',
        ...(startedAt === undefined ? {} : {startedAt}),
      };
  }
}
