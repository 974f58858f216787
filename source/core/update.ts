import {checked} from './checking.ts';
import {clockJumped} from './clock-jump.ts';
import {observing, paused, presetChanged, restartRequested, resumed} from './controls.ts';
import {due} from './due.ts';
import type {Effect, Notice} from './effect.ts';
import {looked} from './evidence.ts';
import type {Event} from './event.ts';
import {fixFinished, fixSignalled} from './fixing.ts';
import type {Step} from './notice.ts';
import {doubt} from './observation.ts';
import type {State, TargetState} from './state.ts';
import {interruptUptime} from './uptime.ts';

/** The one place where anything is decided: an event and its time, the state before, the state after, and what is to be done. Pure. */
export function update(state: State, event: Event): readonly [State, readonly Effect[]] {
  switch (event.type) {
    case 'started':
      return started(state, event.at);
    case 'stopped':
      return stopped(state, event.at);
    case 'tick':
      return state.status === 'monitoring' ? forAll(state, target => due(target, event.at)) : [state, []];
    case 'clock-jumped':
      return forAll(state, target => clockJumped(target, event.byMs, event.at));
    case 'trouble':
      return trouble(state, event);
    case 'preset': {
      const policy = state.presets[event.name];
      return policy ? forOne(state, event.target, target => presetChanged(target, event.name, policy, event.at)) : [state, []];
    }
    default:
      return state.status === 'monitoring' ? forOne(state, event.target, target => updateTarget(target, event)) : [state, []];
  }
}

type TargetEvent = Exclude<Extract<Event, {target: string}>, {type: 'preset'}>;

function updateTarget(target: TargetState, event: TargetEvent): Step {
  const {at} = event;
  switch (event.type) {
    case 'observed': {
      if (event.epoch !== target.epoch || target.check.state !== 'running') return [target, []];
      const reason = doubt(event.observation, event, target.policy);
      return checked(target, reason === undefined ? event.observation : {kind: 'inconclusive', reason}, event.startedAt, at);
    }
    case 'looked':
      return event.epoch === target.epoch && !target.paused ? looked(target, event.result, event.asked, at) : [target, []];
    case 'fix-signalled':
      return isCurrentFix(target, event.attempt) ? fixSignalled(target, at) : [target, []];
    case 'fix-finished':
      return isCurrentFix(target, event.attempt) ? fixFinished(target, event.outcome, at) : [target, []];
    case 'restart-requested':
      return restartRequested(target, event.by, at);
    case 'paused':
      return paused(target, at);
    case 'resumed':
      return resumed(target, at);
    case 'observing':
      return observing(target, event.on, at);
  }
}

function started(state: State, at: number): readonly [State, readonly Effect[]] {
  const spacing = state.targets.length;
  const targets = state.targets.map((target, index): TargetState => ({
    ...target,
    graceUntil: at + target.policy.startGraceMs,
    check: {state: 'idle', dueAt: at + (index * target.policy.intervalMs) / spacing, tries: 0},
  }));
  return [{...state, status: 'monitoring', targets}, [{type: 'write-status'}]];
}

/** A fix under way is neither awaited nor undone: a restart half done is worse than one that ends without us. */
function stopped(state: State, at: number): readonly [State, readonly Effect[]] {
  const targets = state.targets.map((target): TargetState => ({...target, epoch: target.epoch + 1, check: {state: 'idle', dueAt: Infinity, tries: 0}, uptime: interruptUptime(target.uptime)}));
  const ends = state.targets.flatMap((target): Effect[] => [
    {type: 'cancel-check', target: target.settings.name},
    {type: 'tell', notice: {at, target: target.settings.name, level: 'info', kind: 'change', text: 'agent2 stops watching'}},
  ]);
  return [{...state, status: 'stopped', targets}, [...ends, {type: 'write-status'}]];
}

function isCurrentFix({repair}: TargetState, attempt: number): boolean {
  return (repair.step === 'fixing' || repair.step === 'verifying') && repair.attempt.number === attempt;
}

/** Told once, and once more when it is over. */
function trouble(state: State, {at, about, text}: Extract<Event, {type: 'trouble'}>): readonly [State, readonly Effect[]] {
  if (state.troubles[about] === text) return [state, []];
  const {[about]: _, ...others} = state.troubles;
  const notice: Notice = {at, target: 'agent2', level: text === undefined ? 'info' : 'error', kind: 'change', text: text ?? `${about} works again`};
  return [{...state, troubles: text === undefined ? others : {...others, [about]: text}}, [{type: 'tell', notice}]];
}

function forOne(state: State, name: string, step: (target: TargetState) => Step): readonly [State, readonly Effect[]] {
  return forAll(state, target => (target.settings.name === name ? step(target) : [target, []]));
}

/** The same state object when no target changed. */
function forAll(state: State, step: (target: TargetState) => Step): readonly [State, readonly Effect[]] {
  const steps = state.targets.map(step);
  const effects = steps.flatMap(([, effects]) => effects);
  if (steps.every(([target], index) => target === state.targets[index])) return [state, effects];
  return [{...state, targets: steps.map(([target]) => target)}, effects];
}
