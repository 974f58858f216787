import {presets, type PresetName} from '../../source/config/presets.ts';
import {emptyMemory} from '../../source/core/memory.ts';
import {initialState} from '../../source/core/initial.ts';
import type {Effect} from '../../source/core/model/effect.ts';
import type {Event} from '../../source/core/model/event.ts';
import type {Failure} from '../../source/core/model/fault.ts';
import type {ProcessReading} from '../../source/core/model/observation.ts';
import type {Policy} from '../../source/core/model/policy.ts';
import {nextWake} from '../../source/core/next-due.ts';
import {findTarget} from '../../source/core/targets.ts';
import {update} from '../../source/core/update.ts';
import {END_MS, seeded, type Outcome, type Run, type Service} from './services.ts';

/** agent2 itself: the real core in virtual time, in front of a service with a pid file and a restart command. */

const NAME = 'service';
/** The service is well for this long before it dies for the first time, so that agent2 knows it. */
const BEFORE_MS = 60_000;
const WATCH_MS = 250;
const CHECK_MS = 3;
const INSPECT_MS = 5;
const COMMAND_MS = 50;

export interface Watched extends Outcome {
  /** Notices for people, by kind. */
  readonly notices: Readonly<Record<string, number>>;
  /** When each restart began, since the service was last well. */
  readonly startTimes: readonly number[];
}

export function watch(
  service: Service,
  preset: PresetName,
  {
    seed = 1,
    overrides = {},
    endMs = END_MS,
  }: {
    readonly seed?: number;
    readonly overrides?: Partial<Policy>;
    readonly endMs?: number;
  } = {},
): Watched {
  const random = seeded(seed);
  const pending: Array<{readonly at: number; readonly event: () => Event}> = [];
  const startTimes: number[] = [];
  const notices: Record<string, number> = {};
  let now = -BEFORE_MS;
  let run: Run = {readyAt: now, diesAt: 0};
  let pid = 100;
  let upMs = 0;
  let seen = '';
  let state = initialState(
    [
      {
        settings: {
          name: NAME,
          address: '',
          fix: 'command',
          traits: {heals: true, ownsProcess: false, takenByOthers: false, verb: 'runs'},
          local: true,
          overrides,
          dependsOn: [],
          notFor: [],
          fingerprint: '',
        },
        preset,
        observing: false,
        memory: emptyMemory,
      },
    ],
    presets,
    now,
  );
  dispatch({type: 'started', at: now});
  while (now < endMs) {
    const watchAt = watchKey() === seen ? nextChange() : nextWatch();
    const at = Math.min(nextWake(state), pending[0]?.at ?? Infinity, watchAt);
    moveTo(Math.min(Math.max(now, at), endMs));
    const due = pending[0] && pending[0].at <= now ? pending.shift() : undefined;
    if (due) dispatch(due.event());
    else if (nextWake(state) <= now) dispatch({type: 'tick', at: now});
    else if (watchKey() !== seen && now >= watchAt) look();
  }
  return {availability: upMs / endMs, starts: startTimes.length, notices, startTimes};

  function moveTo(at: number): void {
    const from = Math.max(0, now, run.readyAt, service.sickUntilMs);
    upMs += Math.max(0, Math.min(at, run.diesAt) - from);
    now = at;
  }

  function dispatch(event: Event): void {
    const [next, effects] = update(state, event);
    state = next;
    effects.forEach(perform);
  }

  function perform(effect: Effect): void {
    switch (effect.type) {
      case 'check': {
        const startedAt = now;
        const {epoch} = effect;
        const readings = {process: reading()};
        const [first, ...rest] = faults();
        later(CHECK_MS, () => ({
          type: 'observed',
          at: now,
          target: NAME,
          epoch,
          startedAt,
          lagMs: 0,
          observation: first
            ? {kind: 'failed', readings, faults: [first, ...rest]}
            : {kind: 'ok', readings, latencyMs: CHECK_MS},
        }));
        return;
      }
      case 'inspect': {
        const {epoch} = effect;
        later(INSPECT_MS, () => looked(epoch, true));
        return;
      }
      case 'fix': {
        const {attempt, action} = effect.request;
        startTimes.push(now);
        if (action === 'restart') run = {readyAt: Infinity, diesAt: Math.min(now, run.diesAt)};
        later(COMMAND_MS, () => {
          pid += 1;
          run = service.start(now, random);
          const outcome = {kind: 'done', detail: ''} as const;
          return {type: 'fix-finished', at: now, target: NAME, attempt, outcome};
        });
        return;
      }
      case 'notify': {
        const {kind} = effect.notice;
        notices[kind] = (notices[kind] ?? 0) + 1;
        return;
      }
      default:
    }
  }

  function later(ms: number, event: () => Event): void {
    const index = pending.findIndex(({at}) => at > now + ms);
    pending.splice(index < 0 ? pending.length : index, 0, {at: now + ms, event});
  }

  function look(): void {
    seen = watchKey();
    dispatch(looked(findTarget(state, NAME)?.epoch ?? 0, false));
  }

  function looked(epoch: number, asked: boolean): Event {
    const process = reading();
    const hard = faults().filter(({probe}) => probe === 'process');
    return {
      type: 'looked',
      at: now,
      target: NAME,
      epoch,
      asked,
      result: {readings: {process}, faults: hard},
    };
  }

  function watchKey(): string {
    return `${pid} ${isDead()}`;
  }

  function nextChange(): number {
    return isDead() ? Infinity : run.diesAt;
  }

  function nextWatch(): number {
    return Math.floor(now / WATCH_MS) * WATCH_MS + WATCH_MS;
  }

  function isDead(): boolean {
    return now >= run.diesAt;
  }

  function reading(): ProcessReading {
    return isDead()
      ? {state: 'gone', via: 'pid-file', pid, pidFile: 'left'}
      : {state: 'alive', via: 'pid-file', identity: {pid, startKey: `${pid}`}, command: NAME};
  }

  function faults(): readonly Failure[] {
    const refused = {probe: 'api', kind: 'connect_refused', text: 'connection refused'} as const;
    if (isDead())
      return [{probe: 'process', kind: 'process_gone', pid, text: 'the process is gone'}, refused];
    if (now < run.readyAt) return [refused];
    if (now >= 0 && now < service.sickUntilMs)
      return [{probe: 'api', kind: 'status_unexpected', status: 500, text: 'status 500'}];
    return [];
  }
}
