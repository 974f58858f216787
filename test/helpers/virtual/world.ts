import {nextWake} from '../../../source/core/next-due.ts';
import type {Cause} from '../../../source/core/model/cause.ts';
import type {Effect, Notice} from '../../../source/core/model/effect.ts';
import type {Event} from '../../../source/core/model/event.ts';
import {handOverBlocker, resumedFrom} from '../../../source/core/hand-over.ts';
import {initialState} from '../../../source/core/initial.ts';
import {type TargetStart} from '../../../source/core/model/event.ts';
import {emptyMemory} from '../../../source/core/memory.ts';
import type {ProcessSource} from '../../../source/core/model/observation.ts';
import type {Budget, Policy} from '../../../source/core/model/policy.ts';
import type {FixAction} from '../../../source/core/model/repair.ts';
import type {State} from '../../../source/core/model/state.ts';
import type {TargetState} from '../../../source/core/model/target.ts';
import {findTarget, targetsOf} from '../../../source/core/targets.ts';
import {update} from '../../../source/core/update.ts';
import {presets, type PresetName} from '../../../source/config/presets.ts';
import {stateText} from '../../../source/documents/control/state.ts';
import {memoryText} from '../../../source/documents/memory.ts';
import {memoriesFrom, stateFrom} from '../documents.ts';
import {look, newService, observe, restart, type Service} from './virtual-service.ts';
import {withFix} from '../with-fix.ts';
import {render} from '../../../source/core/text/say.ts';

export type {Service} from './virtual-service.ts';

export interface TargetOptions {
  readonly name?: string;
  readonly fix?: string;
  readonly preset?: PresetName;
  readonly overrides?: Partial<Policy>;
  readonly observing?: boolean;
  readonly startMs?: number;
  readonly fixMs?: number;
  readonly dependsOn?: readonly string[];
  readonly notFor?: readonly string[];
  readonly healFor?: readonly Cause[];
  /** Another one means another config. */
  readonly fingerprint?: string;
  /** Fixes begun by an earlier run, in ms before the start. */
  readonly earlierAttempts?: readonly number[];
}

/** One target, or several. */
export interface WorldOptions extends TargetOptions {
  readonly targets?: readonly TargetOptions[];
  readonly healBudget?: Budget;
  readonly brake?: false;
}

/** One event, what was before it, and what came of it. */
export interface Step {
  readonly event: Event;
  readonly before: State;
  readonly after: State;
  readonly effects: readonly Effect[];
}

interface Pending {
  at: number;
  readonly target: string;
  readonly kind: 'check' | 'look' | 'signalled' | 'fix';
  readonly happens: () => Event;
}

/** A notice as it is read. */
type Logged = Notice & {readonly text: string};

const WATCH_MS = 250;
const NAME = 'web';
const START = 1_000_000;

/** The core in a world of its own: a clock that jumps from event to event, services, and every effect performed as a shell would. */
export function createWorld({targets, healBudget, brake, ...single}: WorldOptions = {}) {
  let options: readonly TargetOptions[] = targets ?? [single];
  let budget = healBudget;
  let now = START;
  /** How far the wall clock was moved. */
  let jumped = 0;
  const services = new Map<string, Service>();
  const effects: Array<{at: number; effect: Effect; before: TargetState}> = [];
  const notices: Logged[] = [];
  const events: Event[] = [];
  const pending: Pending[] = [];
  const observers: Array<(step: Step) => void> = [];
  const lastSeen = new Map<string, string>();
  /** Restart signals that nobody has taken yet: whoever comes later takes them. */
  const untaken = new Map<string, () => void>();
  let state = born(options.map(target => startOf(target)));
  const initial = state;
  let lives: ReadonlyArray<{readonly start: State; readonly events: Event[]}> = [
    {start: state, events: []},
  ];
  let memory = memoryText(state);
  /** Services change only by what is pending and between calls: else the watch has nothing to see. */
  let watching = true;

  const world = {
    /** How the processes are known; by what the fix says, unless told. */
    via: undefined as ProcessSource | undefined,
    service: serviceOf(options[0]?.name ?? NAME),
    serviceOf,
    effects,
    notices,
    events,
    /** What every run of agent2 began with and lived through. */
    lives: () => lives,
    /** Before the first event. */
    initial,
    now: () => now,
    /** Time that no jump of the clock moves. */
    elapsed: () => now - START - jumped,
    state: (): State => state,
    target: (name?: string): TargetState =>
      (name === undefined ? targetsOf(state)[0] : findTarget(state, name)) as TargetState,
    /** What a restart of agent2 would find. */
    memory: () => memory,
    dispatch,
    observe: (observer: (step: Step) => void) => void observers.push(observer),
    /** Lets `ms` pass, and everything happen that is due in it. */
    advance(ms: number) {
      const end = now + ms;
      watching = true;
      for (const [target, take] of untaken) {
        if (serviceOf(target).consumer === 'absent') continue;
        untaken.delete(target);
        take();
      }
      for (let atOnce = 0; ;) {
        const wake = nextWake(state);
        const at = Math.min(
          wake,
          watching ? nextWatch() : Infinity,
          ...pending.map(item => item.at),
        );
        if (at > end) break;
        atOnce = at > now ? 0 : atOnce + 1;
        if (atOnce > 1_000) throw new Error(`no end of what is due at ${now}`);
        now = Math.max(now, at);
        const due = pending.find(item => item.at <= now);
        if (due) {
          pending.splice(pending.indexOf(due), 1);
          dispatch(due.happens());
        } else if (wake <= now) dispatch({type: 'tick', at: now});
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
      jumped += ms;
      for (const item of pending) item.at += ms;
      for (const service of services.values()) service.readyAt += ms;
      dispatch({type: 'clock-jumped', at: now, byMs: ms});
    },
    /** kill -9 to agent2, which comes back after `offMs` with what it had remembered. A fix under way goes on without it, or ends with it. */
    restartAgent({
      offMs = 0,
      fixGoesOn = true,
    }: {readonly offMs?: number; readonly fixGoesOn?: boolean} = {}) {
      const back = now + offMs;
      for (const item of pending.splice(0)) {
        if (item.kind !== 'fix' || !fixGoesOn || item.at > back) continue;
        now = item.at;
        item.happens();
      }
      now = back;
      lastSeen.clear();
      untaken.clear();
      const remembered = memoriesFrom(memory);
      state = born(
        options.map(target => ({...startOf(target), memory: remembered?.get(target.name ?? NAME)})),
      );
      lives = [...lives, {start: state, events: []}];
      dispatch({type: 'started', at: now});
    },
    /** Another process takes the loop over after `offMs`, unless it cannot be let go of; says whether it did. */
    handOver({offMs = 0}: {readonly offMs?: number} = {}): boolean {
      if (handOverBlocker(state) !== undefined) return false;
      dispatch({type: 'let-go', at: now});
      pending.length = 0;
      now += offMs;
      lastSeen.clear();
      const left = stateFrom(stateText(state));
      const taken = left && resumedFrom(left, options.map(startOf));
      if (!taken) throw new Error('the one who takes over was started with other targets');
      state = taken;
      lives = [...lives, {start: state, events: []}];
      dispatch({type: 'taken-over', at: now});
      return true;
    },
    /** The config file changed. */
    reload(targets: readonly TargetOptions[], healBudget = budget) {
      options = targets;
      budget = healBudget;
      dispatch({
        type: 'reconfigured',
        at: now,
        targets: targets.map(target => ({...startOf(target), memory: undefined})),
        healBudget,
        brake,
      });
    },
    fixes: (name?: string) =>
      effects.filter(
        ({effect}) => effect.type === 'fix' && (name === undefined || effect.target === name),
      ),
    logged: (kind: Notice['kind'], name?: string) =>
      notices.filter(
        notice => notice.kind === kind && (name === undefined || notice.target === name),
      ),
  };
  dispatch({type: 'started', at: now});
  return world;

  function startOf({
    name = NAME,
    fix = 'command',
    preset = 'test',
    overrides = {},
    observing = false,
    startMs = 300,
    dependsOn = [],
    notFor = [],
    healFor,
    fingerprint = '',
    earlierAttempts = [],
  }: TargetOptions): TargetStart {
    if (!services.has(name)) services.set(name, newService(100 + services.size * 100_000, startMs));
    const settings = {
      name,
      address: 'http://127.0.0.1:1/',
      ...withFix(fix),
      local: true,
      overrides,
      dependsOn,
      notFor,
      ...(healFor ? {healFor} : {}),
      fingerprint,
    };
    return {
      settings,
      preset,
      observing,
      memory: {
        ...emptyMemory,
        attempts: earlierAttempts.length,
        attemptTimes: earlierAttempts.map(ago => START - ago),
      },
    };
  }

  function born(starts: readonly TargetStart[]): State {
    return initialState(starts, presets, now, budget, brake);
  }

  function serviceOf(name: string): Service {
    const service = services.get(name);
    if (!service) throw new Error(`no service ${name}`);
    return service;
  }

  function dispatch(event: Event): void {
    events.push(event);
    lives.at(-1)?.events.push(event);
    watching = true;
    const before = state;
    const [after, produced] = update(state, event);
    state = after;
    // What is remembered is what the shell finds when it performs the effect.
    if (produced.some(({type}) => type === 'remember')) memory = memoryText(state);
    for (const observer of observers) observer({event, before, after, effects: produced});
    for (const effect of produced) {
      const target =
        'target' in effect && effect.target !== undefined
          ? findTarget(before, effect.target)
          : targetsOf(before)[0];
      // Without its history, which would fill the memory in a long life.
      effects.push({
        at: now,
        effect,
        before: {...((target ?? targetsOf(before)[0]) as TargetState), samples: [], events: []},
      });
      perform(effect);
    }
  }

  function perform(effect: Effect): void {
    switch (effect.type) {
      case 'unexpected':
        throw effect.error;
      case 'check': {
        const {target, epoch} = effect;
        const startedAt = now;
        const service = serviceOf(target);
        const {observation, tookMs} = observe(
          service,
          viaOf(target),
          now,
          findTarget(state, target)?.policy.timeoutMs ?? 0,
        );
        const {lagMs} = service;
        const before = jumped;
        later('check', target, tookMs, () => ({
          type: 'observed',
          at: now,
          target,
          epoch,
          startedAt: startedAt + jumped - before,
          lagMs,
          observation,
        }));
        return;
      }
      case 'cancel-check':
        if (!serviceOf(effect.target).answersLate) drop(effect.target, ['check']);
        return;
      case 'inspect': {
        const {target, epoch} = effect;
        later('look', target, 5, () => ({
          type: 'looked',
          at: now,
          target,
          epoch,
          asked: true,
          result: look(serviceOf(target), viaOf(target), true),
        }));
        return;
      }
      case 'fix':
        return performFix(effect);
      case 'cancel-fix':
        untaken.delete(effect.target);
        return drop(effect.target, ['fix', 'signalled']);
      case 'notify':
        notices.push({...effect.notice, text: render(effect.notice.text)});
        return;
      default:
    }
  }

  function performFix({target, request: {attempt, action}}: Extract<Effect, {type: 'fix'}>): void {
    const service = serviceOf(target);
    if (findTarget(state, target)?.settings.traits.takenByOthers && action === 'restart') {
      later('signalled', target, 1, () => ({type: 'fix-signalled', at: now, target, attempt}));
      if (service.consumer === 'absent')
        return void untaken.set(target, () => restartBy(target, attempt, action));
    }
    restartBy(target, attempt, action);
  }

  function restartBy(target: string, attempt: number, action: FixAction): void {
    const service = serviceOf(target);
    const {fixMs = 50} = options.find(({name = NAME}) => name === target) ?? {};
    later('fix', target, fixMs, () => {
      const failed = action === 'restart' && service.restartsInto === 'fails';
      if (action === 'continue' && service.process === 'stopped' && !service.deafToContinue)
        service.process = 'alive';
      if (action === 'restart' && !failed) restart(service, now);
      return {
        type: 'fix-finished',
        at: now,
        target,
        attempt,
        outcome: failed ? {kind: 'failed', detail: 'exit code 1'} : {kind: 'done', detail: 'done'},
      };
    });
  }

  function later(kind: Pending['kind'], target: string, ms: number, happens: () => Event): void {
    pending.push({at: now + ms, target, kind, happens});
  }

  function drop(target: string, kinds: ReadonlyArray<Pending['kind']>): void {
    const kept = pending.filter(item => item.target !== target || !kinds.includes(item.kind));
    pending.splice(0, pending.length, ...kept);
  }

  function viaOf(name: string): ProcessSource {
    return (
      world.via ?? (findTarget(state, name)?.settings.traits.ownsProcess ? 'child' : 'pid-file')
    );
  }

  function nextWatch(): number {
    return Math.floor(now / WATCH_MS) * WATCH_MS + WATCH_MS;
  }

  function watch(): void {
    watching = false;
    for (const {settings, paused, epoch} of targetsOf(state)) {
      const result = look(serviceOf(settings.name), viaOf(settings.name), false);
      const key = JSON.stringify(result.readings);
      if (paused || key === lastSeen.get(settings.name)) continue;
      lastSeen.set(settings.name, key);
      dispatch({type: 'looked', at: now, target: settings.name, epoch, asked: false, result});
    }
  }
}

export type World = ReturnType<typeof createWorld>;
