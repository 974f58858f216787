import {nextWake} from '../next-due.ts';
import type {Effect} from '../model/effect.ts';
import type {Event} from '../model/event.ts';
import {initialState} from '../initial.ts';
import {type TargetStart} from '../model/event.ts';
import type {Policy} from '../model/policy.ts';
import {type State} from '../model/state.ts';
import {findTarget} from '../targets.ts';
import {update} from '../update.ts';
import type {Control, History, TargetHistory} from './history.ts';
import {createReplayedService, type ReplayedService} from './service.ts';
import {noFigures, tally, type Figures} from './tally.ts';

/** The settings to try. A preset also drops the overrides of the recorded targets. */
export interface Change {
  readonly preset?: string;
  readonly overrides: Partial<Policy>;
}

interface Actor {
  readonly name: string;
  readonly service: ReplayedService;
  figures: Figures;
  /** The watch's last reading of the process. */
  seen: string;
}

type Due = {readonly at: number; readonly event: Event};

const INSPECT_MS = 5;

/** Replays the recorded services in virtual time with these settings, through the same `update`; results by target. `presets` must hold every named preset. */
export function simulate(
  history: History,
  change: Change,
  presets: Readonly<Record<string, Policy>>,
): ReadonlyMap<string, Figures> {
  const {targets, from, to, healBudget, brake} = history;
  const actors = targets.map((target): Actor => ({
    name: target.start.settings.name,
    service: createReplayedService(target, from),
    figures: noFigures,
    seen: '',
  }));
  const controls = controlsOf(targets, change);
  const pending: Due[] = [];
  let now = from;
  let state: State = initialState(
    targets.map(({start}) => changed(start, change)),
    presets,
    from,
    healBudget,
    brake,
  );

  dispatch({type: 'started', at: now});
  for (const {start, startsPaused, pausedUntil} of targets)
    if (startsPaused)
      dispatch({type: 'paused', at: now, target: start.settings.name, untilAt: pausedUntil});
  for (;;) {
    const at = Math.min(
      nextWake(state),
      pending[0]?.at ?? Infinity,
      controls[0]?.at ?? Infinity,
      ...actors.map(({service}) => service.nextChange()),
    );
    moveTo(Math.max(now, Math.min(at, to)));
    if (at > to) break;
    actors.forEach(watch);
    const due =
      pending[0] && pending[0].at <= now
        ? pending.shift()
        : controls[0] && controls[0].at <= now
          ? {event: controls.shift()}
          : undefined;
    if (due?.event) dispatch(due.event);
    else if (nextWake(state) <= now) dispatch({type: 'tick', at: now});
  }
  return new Map(actors.map(({name, figures}) => [name, figures]));

  function moveTo(at: number): void {
    for (const actor of actors) {
      const {service, figures} = actor;
      const spentMs = at - now;
      if (spentMs > 0 && !service.gap())
        actor.figures = {
          ...figures,
          observedMs: figures.observedMs + spentMs,
          downtimeMs: figures.downtimeMs + (service.isBad() ? spentMs : 0),
        };
      service.moveTo(at);
    }
    now = at;
  }

  function dispatch(event: Event): void {
    const [next, effects] = update(state, event);
    state = next;
    if (effects.length === 0) return;
    for (const actor of actors)
      actor.figures = tally(actor.figures, effects, actor.name, actor.service.badSince(), now);
    for (const effect of effects) perform(effect);
  }

  function perform(effect: Effect): void {
    if (effect.type === 'unexpected') throw effect.error;
    const actor = 'target' in effect ? actors.find(({name}) => name === effect.target) : undefined;
    const policy = actor && findTarget(state, actor.name)?.policy;
    if (!actor || !policy) return;
    const {name: target, service} = actor;
    switch (effect.type) {
      case 'check': {
        const {observation, tookMs} = service.check(policy);
        later({
          type: 'observed',
          at: now + tookMs,
          target,
          epoch: effect.epoch,
          startedAt: now,
          lagMs: 0,
          observation,
        });
        return;
      }
      case 'inspect': {
        const gap = service.gap();
        later({
          type: 'looked',
          at: gap?.to ?? now + INSPECT_MS,
          target,
          epoch: effect.epoch,
          asked: true,
          result: (gap ? undefined : service.inspect()) ?? {readings: {}, faults: []},
        });
        return;
      }
      case 'fix': {
        const {attempt, action} = effect.request;
        const {tookMs, fails} = service.fix(action);
        const signals =
          action === 'restart' && findTarget(state, target)?.settings.traits.takenByOthers;
        if (signals) later({type: 'fix-signalled', at: now, target, attempt});
        // Nobody took it then: it stays.
        if (signals && fails) return;
        later({
          type: 'fix-finished',
          at: now + tookMs,
          target,
          attempt,
          outcome: fails
            ? {kind: 'failed', detail: 'as recorded'}
            : {kind: 'done', detail: 'as recorded'},
        });
        return;
      }
      default:
    }
  }

  function later(event: Event): void {
    const index = pending.findIndex(({at}) => at > event.at);
    pending.splice(index < 0 ? pending.length : index, 0, {at: event.at, event});
  }

  /** Reads the process as the watch does, and dispatches a change. */
  function watch(actor: Actor): void {
    const target = findTarget(state, actor.name);
    if (!target || target.paused || actor.service.gap()) return;
    const result = actor.service.inspect();
    const process = result?.readings.process;
    const key = process
      ? `${process.state} ${'identity' in process ? process.identity.pid : ''}`
      : '';
    if (!result || key === actor.seen) return;
    actor.seen = key;
    dispatch({
      type: 'looked',
      at: now,
      target: actor.name,
      epoch: target.epoch,
      asked: false,
      result,
    });
  }
}

function changed(start: TargetStart, {preset, overrides}: Change): TargetStart {
  const {settings} = start;
  return {
    ...start,
    preset: preset ?? start.preset,
    settings: {
      ...settings,
      overrides: {...(preset === undefined ? settings.overrides : {}), ...overrides},
    },
  };
}

/** Repeats people's requests, but not their preset changes when a preset is tried. */
function controlsOf(targets: readonly TargetHistory[], {preset}: Change): Control[] {
  return targets
    .flatMap(({controls}) => controls)
    .filter(({type}) => type !== 'preset' || preset === undefined)
    .sort((a, b) => a.at - b.at);
}
