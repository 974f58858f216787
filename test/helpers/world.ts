import {nextWake} from '../../source/core/due.ts';
import type {Effect, Notice} from '../../source/core/effect.ts';
import type {Event} from '../../source/core/event.ts';
import type {Fault} from '../../source/core/fault.ts';
import {initialState, type TargetStart} from '../../source/core/initial.ts';
import {emptyMemory} from '../../source/core/memory.ts';
import type {Observation, ProbeResult, ProcessReading, ProcessSource} from '../../source/core/observation.ts';
import type {FixUse, State, TargetState} from '../../source/core/state.ts';
import {update} from '../../source/core/update.ts';
import {presets, type PresetName} from '../../source/config/presets.ts';

/** A service in virtual time: what it is like decides what probes see. */
export interface Service {
  pid: number;
  process: 'alive' | 'gone' | 'gone-with-pid-file' | 'stopped' | 'zombie';
  api: 'ok' | 'slow' | 'hung' | 'error' | 'down';
  /** From when on the port is open. */
  readyAt: number;
  stranger: boolean;
  deafToContinue: boolean;
  /** Whether somebody takes a restart signal, where that is the fix. */
  consumer: 'takes' | 'absent';
  /** What the fix leaves behind. */
  restartsInto: 'healthy' | 'dying' | 'broken' | 'fails';
}

export interface WorldOptions {
  readonly fix?: FixUse;
  readonly preset?: PresetName;
  readonly observing?: boolean;
  readonly pidFile?: boolean;
  readonly startMs?: number;
  readonly fixMs?: number;
  /** Fixes begun by an earlier run, in ms before the start. */
  readonly earlierAttempts?: readonly number[];
}

const WATCH_MS = 250;
const NAME = 'web';

/** The core in a world of its own: a clock that jumps from event to event, a service, and every effect performed as a shell would. */
export function createWorld({fix = 'command', preset = 'test', observing = false, startMs = 300, fixMs = 50, earlierAttempts = []}: WorldOptions = {}) {
  const start: TargetStart = {settings: {name: NAME, address: 'http://127.0.0.1:1/', fix, local: true, overrides: {}, dependsOn: [], notFor: [], fingerprint: ''}, preset, observing, memory: {...emptyMemory, attempts: earlierAttempts.length, attemptTimes: earlierAttempts.map(ago => 1_000_000 - ago)}};
  const service: Service = {pid: 100, process: 'alive', api: 'ok', readyAt: 0, stranger: false, deafToContinue: false, consumer: 'takes', restartsInto: 'healthy'};
  const effects: Array<{at: number; effect: Effect; before: TargetState}> = [];
  const notices: Notice[] = [];
  const events: Event[] = [];
  const pending: Array<{at: number; event: () => Event; cancelled: boolean; kind: string}> = [];
  let now = 1_000_000;
  let state = initialState([start], presets, now);
  let lastSeen = '';
  const initial = state;

  const world = {
    /** How the process is known; by what the fix says, unless told. */
    via: undefined as ProcessSource | undefined,
    service,
    /** Before the first event. */
    initial,
    effects,
    notices,
    events,
    now: () => now,
    state: (): State => state,
    target: (): TargetState => state.targets[0] as TargetState,
    dispatch,
    /** Lets `ms` pass, and everything happen that is due in it. */
    advance(ms: number) {
      const end = now + ms;
      for (let guard = 0; guard < 100_000; guard++) {
        const at = Math.min(nextWake(state), nextWatch(), ...pending.filter(item => !item.cancelled).map(item => item.at));
        if (at > end) break;
        now = Math.max(now, at);
        const due = pending.find(item => !item.cancelled && item.at <= now);
        if (due) {
          pending.splice(pending.indexOf(due), 1);
          dispatch(due.event());
        } else if (nextWake(state) <= now) dispatch({type: 'tick', at: now});
        else watch();
      }
      now = end;
    },
    /** Time passes, and nothing of ours runs: what was due comes late. */
    sleep(ms: number) {
      now += ms;
    },
    /** The wall clock moves against the monotonic one. */
    jump(ms: number) {
      now += ms;
      for (const item of pending) item.at += ms;
      dispatch({type: 'clock-jumped', at: now, byMs: ms});
    },
    fixes: () => effects.filter(({effect}) => effect.type === 'fix'),
    told: (kind: Notice['kind']) => notices.filter(notice => notice.kind === kind),
  };
  dispatch({type: 'started', at: now});
  return world;

  function dispatch(event: Event): void {
    events.push(event);
    const before = state.targets[0] as TargetState;
    const [next, produced] = update(state, event);
    state = next;
    for (const effect of produced) {
      effects.push({at: now, effect, before});
      perform(effect);
    }
  }

  function perform(effect: Effect): void {
    switch (effect.type) {
      case 'check': {
        const {epoch} = effect;
        const startedAt = now;
        const {observation, tookMs} = look();
        later('check', tookMs, () => ({type: 'observed', at: now, target: NAME, epoch, startedAt, lagMs: 0, observation}));
        return;
      }
      case 'cancel-check':
        for (const item of pending) if (item.kind === 'check') item.cancelled = true;
        return;
      case 'look': {
        const {epoch} = effect;
        later('look', 5, () => ({type: 'looked', at: now, target: NAME, epoch, asked: true, result: result(true)}));
        return;
      }
      case 'fix': {
        const {attempt, action} = effect.request;
        if (fix === 'signal' && action === 'restart') {
          later('signalled', 1, () => ({type: 'fix-signalled', at: now, target: NAME, attempt}));
          if (service.consumer === 'absent') return;
        }
        later('fix', fixMs, () => {
          const failed = action === 'restart' && service.restartsInto === 'fails';
          if (action === 'continue' && service.process === 'stopped' && !service.deafToContinue) service.process = 'alive';
          if (action === 'restart' && !failed) restart();
          return {type: 'fix-finished', at: now, target: NAME, attempt, outcome: failed ? {kind: 'failed', detail: 'exit code 1'} : {kind: 'done', detail: 'done'}};
        });
        return;
      }
      case 'tell':
        notices.push(effect.notice);
        return;
      default:
    }
  }

  function restart(): void {
    service.pid += 1;
    service.process = service.restartsInto === 'dying' ? 'gone-with-pid-file' : 'alive';
    service.api = service.restartsInto === 'broken' ? 'error' : 'ok';
    service.readyAt = now + startMs;
  }

  function later(kind: string, ms: number, event: () => Event): void {
    pending.push({at: now + ms, event, cancelled: false, kind});
  }

  function nextWatch(): number {
    return Math.floor(now / WATCH_MS) * WATCH_MS + WATCH_MS;
  }

  function watch(): void {
    const reading = process();
    const key = JSON.stringify(reading);
    if (key === lastSeen || world.target().paused) return;
    lastSeen = key;
    dispatch({type: 'looked', at: now, target: NAME, epoch: world.target().epoch, asked: false, result: result(false)});
  }

  function process(): ProcessReading {
    const identity = {pid: service.pid, startKey: `k${service.pid}`};
    const via = world.via ?? (fix === 'child' ? 'child' : 'pid-file');
    switch (service.process) {
      case 'gone':
        return {state: 'gone', via, pid: service.pid, pidFile: fix === 'child' ? 'none' : 'missing'};
      case 'gone-with-pid-file':
        return {state: 'gone', via, pid: service.pid, pidFile: fix === 'child' ? 'none' : 'left'};
      default:
        return {state: service.process, identity, via, command: 'web'};
    }
  }

  function result(withOwner: boolean): ProbeResult {
    const reading = process();
    const {pid} = service;
    const faults: Fault[] = [];
    if (reading.state === 'gone') faults.push({probe: 'process', kind: 'process_gone', pid, text: `process ${pid} is gone`});
    if (reading.state === 'stopped') faults.push({probe: 'process', kind: 'process_stopped', pid, traced: false, text: `process ${pid} is suspended`});
    if (reading.state === 'zombie') faults.push({probe: 'process', kind: 'process_zombie', pid, text: `process ${pid} is a zombie`});
    if (withOwner && service.stranger && (reading.state === 'gone' || reading.state === 'zombie')) faults.push({probe: 'port', kind: 'port_foreign', port: 1, pid: 7, command: 'nc', text: 'port 1 is held by process 7 (nc)'});
    return {readings: {process: reading}, faults};
  }

  function look(): {observation: Observation; tookMs: number} {
    const {readings, faults: found} = result(true);
    const faults = [...found];
    const {timeoutMs} = world.target().policy;
    let tookMs = 3;
    const up = service.process === 'alive' || (service.stranger && service.process !== 'stopped');
    if (service.process === 'alive' && now < service.readyAt) faults.push({probe: 'api', kind: 'connect_refused', text: 'refused'});
    else if (up && service.api === 'hung') {
      tookMs = timeoutMs;
      faults.push({probe: 'api', kind: 'response_timeout', text: 'no response'});
    } else if (up && service.api === 'error') faults.push({probe: 'api', kind: 'status_unexpected', status: 500, text: 'status 500'});
    else if (up && service.api === 'down') faults.push({probe: 'api', kind: 'body_unexpected', field: 'status', wanted: 'ok', got: 'down', text: 'status is down'});
    else if (!up && service.process !== 'stopped') faults.push({probe: 'api', kind: 'connect_refused', text: 'refused'});
    const [first, ...rest] = faults;
    if (first) return {observation: {kind: 'failed', readings, faults: [first, ...rest]}, tookMs};
    const slow: Fault | undefined = service.api === 'slow' ? {probe: 'api', kind: 'slow', latencyMs: 3_500, limitMs: 3_000, text: 'slow'} : undefined;
    return {observation: {kind: 'ok', readings, latencyMs: slow ? 3_500 : 3, ...(slow ? {warnings: [slow]} : {})}, tookMs: slow ? 3_500 : tookMs};
  }
}

export type World = ReturnType<typeof createWorld>;
