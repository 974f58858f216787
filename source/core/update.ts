import {checked} from './checking.ts';
import {clockJumped} from './clock-jump.ts';
import {observing, paused, presetChanged, restartRequested, resumed} from './controls.ts';
import {due} from './due.ts';
import type {Effect, Notice} from './effect.ts';
import {looked} from './verdict.ts';
import {deferenceOf, sameDeference} from './dependencies.ts';
import type {Event} from './event.ts';
import {evidenceFound, fixFinished, fixSignalled, undeferred} from './fixing.ts';
import {remembersSame} from './memory.ts';
import type {Step} from './notice.ts';
import {doubt} from './observation.ts';
import {reconfigured} from './reconfigure.ts';
import {findTarget, type State, type TargetState} from './state.ts';
import {interruptUptime} from './uptime.ts';

/** The one place where anything is decided: an event and its time, the state before, the state after, and what is to be done. Pure. */
export function update(state: State, event: Event): readonly [State, readonly Effect[]] {
  const [decided, effects] = decide(state, event);
  const [next, more] = decided.status === 'monitoring' ? released(decided, state, event.at) : [decided, []];
  const news = next.targets !== state.targets && next.targets.some(target => !remembersSame(target, findTarget(state, target.settings.name) ?? target));
  // What has to survive our own end is kept before anything is done: a fix that we do not live to see must count.
  return [next, [...(news ? [{type: 'remember'} as const] : []), ...effects, ...more]];
}

function decide(state: State, event: Event): readonly [State, readonly Effect[]] {
  switch (event.type) {
    case 'started':
      return started(state, event.at);
    case 'stopped':
      return stopped(state, event.at);
    case 'tick':
      return state.status === 'monitoring' ? forAll(state, event.at, target => due(target, event.at)) : [state, []];
    case 'clock-jumped':
      return forAll(state, event.at, target => clockJumped(target, event.byMs, event.at));
    case 'trouble':
      return trouble(state, event);
    case 'reconfigured':
      return state.status === 'monitoring' ? reconfigured(state, event) : [state, []];
    case 'preset': {
      const policy = state.presets[event.name];
      return policy ? forOne(state, event.target, event.at, target => presetChanged(target, event.name, policy, event.at)) : [state, []];
    }
    default:
      return state.status === 'monitoring' ? forOne(state, event.target, event.at, target => updateTarget(target, event)) : [state, []];
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
    case 'evidence':
      return isCurrentFix(target, event.attempt) ? evidenceFound(target, event.evidence) : [target, []];
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

function forOne(state: State, name: string, at: number, step: (target: TargetState) => Step): readonly [State, readonly Effect[]] {
  return forAll(state, at, target => (target.settings.name === name ? step(target) : [target, []]));
}

/** One after the other, each knowing what became of those before it: two that depend on each other are never fixed at once. The same state object when no target changed. */
function forAll(state: State, at: number, step: (target: TargetState) => Step): readonly [State, readonly Effect[]] {
  const effects: Effect[] = [];
  let current = state;
  for (const {settings} of state.targets) {
    const target = findTarget(current, settings.name);
    if (!target) continue;
    const [next, more] = step(withDeference(current, target, at));
    effects.push(...more);
    current = withTarget(current, target, next);
  }
  return [current, effects];
}

/** Who waited for another target and need not any more: an upstream that is well again gets some time to make it well too. */
function released(state: State, before: State, at: number): readonly [State, readonly Effect[]] {
  const effects: Effect[] = [];
  let current = state;
  for (const target of state.targets) {
    const seen = withDeference(current, target, at);
    // What it waited for is what it knew before the event: the event itself may have brought that up to date already.
    const waitedFor = findTarget(before, target.settings.name)?.deference ?? target.deference;
    const [next, more] = seen.repair.step === 'deferred' && !seen.deference ? undeferred(seen, waitedFor, at) : [seen, []];
    effects.push(...more);
    current = withTarget(current, target, next);
  }
  return [current, effects];
}

function withDeference(state: State, target: TargetState, at: number): TargetState {
  const deference = deferenceOf(state, target, at);
  return sameDeference(deference, target.deference) ? target : {...target, deference};
}

function withTarget(state: State, target: TargetState, next: TargetState): State {
  return next === target ? state : {...state, targets: state.targets.map(other => (other.settings.name === target.settings.name ? next : other))};
}
