import {blockerOf, foreseenBlocker, sameBlocker} from './blocked-by.ts';
import {checked} from './check/checking.ts';
import {withCommonCause} from './brake/common-cause.ts';
import {shiftedCause} from './brake/lasting.ts';
import {clockJumped} from './clock-jump.ts';
import {doubt} from './check/doubt.ts';
import {observing, paused, presetChanged, restartRequested, resumed} from './controls.ts';
import {due} from './due.ts';
import {evidenceFound, fixFinished, fixSignalled} from './fix/attempt.ts';
import {letGo, takenOver} from './hand-over.ts';
import {historyReset} from './history-reset.ts';
import {checkUpstream} from './check-upstream.ts';
import {sameMemory} from './memory.ts';
import type {Effect, Notice} from './model/effect.ts';
import type {Event} from './model/event.ts';
import type {State} from './model/state.ts';
import type {TargetState} from './model/target.ts';
import {chain, type Step} from './notice.ts';
import {reconfigured} from './reconfigure.ts';
import {affectedTargets, type Scope} from './scope.ts';
import {started, stopped} from './start-stop.ts';
import {targetAt} from './target-tree.ts';
import {findTarget, mapTargets, withTarget} from './targets.ts';
import {recovered} from './check/recovered.ts';
import {problemName} from './text/problem-name.ts';
import {message, sameText} from './text/message.ts';
import {looked} from './check/verdict.ts';
import {reblocked} from './fix/waiting.ts';

/**
 * The only place of decisions: takes an event, its time and the state before; returns the state after and the effects. Pure. `scope` limits
 * the targets to examine; a larger one gives the same result.
 */
export function update(
  state: State,
  event: Event,
  scope: Scope = affectedTargets,
): readonly [State, readonly Effect[]] {
  const [answered, effects] = unlessThrown(
    () => decide(state, event, scope),
    () => withoutEvent(state, event),
    'target' in event ? event.target : undefined,
  );
  const [next, more] =
    answered.status === 'monitoring'
      ? unlessThrown(
          () => settled(state, answered, event, scope),
          () => answered,
        )
      : [answered, []];
  const news = scope.changes(state, next).some(({was, is}) => !sameMemory(is, was));
  // Saves before acting: a fix must count even if agent2 dies during it.
  return [next, [...(news ? [{type: 'remember'} as const] : []), ...effects, ...more]];
}

/** A decision that throws is a bug, which must not end the decisions about all targets: then the state is the one that `otherwise` gives. */
function unlessThrown(
  step: () => readonly [State, readonly Effect[]],
  otherwise: () => State,
  target?: string,
): readonly [State, readonly Effect[]] {
  try {
    return step();
  } catch (error) {
    return [otherwise(), [{type: 'unexpected', target, error}]];
  }
}

/** The state before the event; one that begins or ends the loop does so all the same. */
function withoutEvent(state: State, event: Event): State {
  if (event.type === 'stopped') return {...state, status: 'stopped'};
  if (event.type === 'started' || event.type === 'taken-over')
    return {...state, status: 'monitoring'};
  const target = 'target' in event ? findTarget(state, event.target) : undefined;
  return target ? withTarget(state, recovered(target, event)) : state;
}

/** Recomputes what blocks the targets that the event may have affected. */
function settled(
  before: State,
  answered: State,
  event: Event,
  scope: Scope,
): readonly [State, readonly Effect[]] {
  const {at} = event;
  const asked = checkUpstream(answered, scope.changes(before, answered), at);
  const state = withCommonCause(asked, scope.changes(before, asked), at);
  const places = scope.affected(before, state, scope.changes(before, state));
  return forEach(state, places, event, (state, target) => refreshed(state, target, at));
}

function decide(state: State, event: Event, scope: Scope): readonly [State, readonly Effect[]] {
  switch (event.type) {
    case 'started':
      return started(state, event.at);
    case 'stopped':
      return stopped(state, event.at);
    case 'let-go':
      return letGo(state, event.at);
    case 'taken-over':
      return takenOver(state, event.at);
    case 'tick':
      return state.status === 'monitoring'
        ? forEach(state, scope.due(state, event.at), event, (state, target) =>
            readied(state, target, event.at, target => due(target, event.at)),
          )
        : [state, []];
    case 'clock-jumped':
      return jumped(state, event);
    case 'problem':
      return problem(state, event);
    case 'history-reset':
      return state.status === 'monitoring' ? historyReset(state, event) : [state, []];
    case 'reconfigured':
      return state.status === 'monitoring' ? reconfigured(state, event) : [state, []];
    case 'preset': {
      const policy = state.presets[event.name];
      return policy
        ? forOne(state, event, target => presetChanged(target, event.name, policy, event.at))
        : [state, []];
    }
    default:
      return state.status === 'monitoring'
        ? forOne(state, event, target => updateTarget(target, event, state.targets.places.size))
        : [state, []];
  }
}

type TargetEvent = Exclude<Extract<Event, {target: string}>, {type: 'preset'}>;

/** `targets` is the number of all targets. */
function updateTarget(target: TargetState, event: TargetEvent, targets: number): Step {
  const {at} = event;
  switch (event.type) {
    case 'observed': {
      if (event.epoch !== target.epoch || target.check.state !== 'running') return [target, []];
      const reason = doubt(event.observation, event, target.policy);
      return checked(
        target,
        reason === undefined ? event.observation : {kind: 'inconclusive', reason},
        event.startedAt,
        at,
      );
    }
    case 'looked':
      return event.epoch === target.epoch && !target.paused
        ? looked(target, event.result, event.asked, at)
        : [target, []];
    case 'evidence':
      return isCurrentFix(target, event.attempt)
        ? evidenceFound(target, event.evidence, at, targets)
        : [target, []];
    case 'fix-signalled':
      return isCurrentFix(target, event.attempt) ? fixSignalled(target, at) : [target, []];
    case 'fix-finished':
      return isCurrentFix(target, event.attempt)
        ? fixFinished(target, event.outcome, at)
        : [target, []];
    case 'restart-requested':
      return restartRequested(target, event.by, at);
    case 'paused':
      return paused(target, event.untilAt, at);
    case 'resumed':
      return resumed(target, at);
    case 'observing':
      return observing(target, event.on, at);
  }
}

function isCurrentFix({repair}: TargetState, attempt: number): boolean {
  return (
    (repair.step === 'fixing' || repair.step === 'verifying') && repair.attempt.number === attempt
  );
}

/** Logs a problem once, and once more when it is over. */
function problem(
  state: State,
  {at, about, text}: Extract<Event, {type: 'problem'}>,
): readonly [State, readonly Effect[]] {
  if (sameText(state.problems[about], text)) return [state, []];
  const {[about]: _, ...others} = state.problems;
  const notice: Notice = {
    at,
    target: 'agent2',
    level: text === undefined ? 'info' : 'error',
    kind: 'change',
    text: text ?? message`${problemName(about)} works again`,
  };
  return [
    {...state, problems: text === undefined ? others : {...others, [about]: text}},
    [{type: 'notify', notice}],
  ];
}

function forOne(
  state: State,
  event: Extract<Event, {target: string}>,
  step: (target: TargetState) => Step,
): readonly [State, readonly Effect[]] {
  const place = state.targets.places.get(event.target);
  return place === undefined
    ? [state, []]
    : forEach(state, [place], event, (state, target) => readied(state, target, event.at, step));
}

/** Moves all times together, since targets are judged by each other's times. */
function jumped(
  state: State,
  {byMs, at}: Extract<Event, {type: 'clock-jumped'}>,
): readonly [State, readonly Effect[]] {
  const effects: Effect[] = [];
  const next = mapTargets(state, target => {
    try {
      const [jumped, more] = clockJumped(target, byMs, at);
      effects.push(...more);
      return jumped;
    } catch (error) {
      effects.push({type: 'unexpected', target: target.settings.name, error});
      return target;
    }
  });
  const {commonCause} = next;
  return [commonCause ? {...next, commonCause: shiftedCause(commonCause, byMs)} : next, effects];
}

/**
 * Runs a step of each target in order, with the results of those before it, so that two targets of a chain are never fixed at once. Returns the same
 * state object when no target changed. A step that throws is a bug, which concerns its target alone.
 */
function forEach(
  state: State,
  places: readonly number[],
  event: Event,
  step: (state: State, target: TargetState) => Step,
): readonly [State, readonly Effect[]] {
  const effects: Effect[] = [];
  let current = state;
  for (const place of places) {
    const target = targetAt(current.targets.tree, place);
    if (!target) continue;
    try {
      const [next, more] = step(current, target);
      current = withTarget(current, next);
      effects.push(...more);
    } catch (error) {
      current = withTarget(current, recovered(target, event));
      effects.push({type: 'unexpected', target: target.settings.name, error});
    }
  }
  return [current, effects];
}

/** Runs a step of a target after its blocker is known, also the one that the step itself may cause. */
function readied(
  state: State,
  target: TargetState,
  at: number,
  step: (target: TargetState) => Step,
): Step {
  return chain(
    target,
    target => refreshed(state, target, at),
    target => foreseeing(state, target, at, step),
  );
}

/** Recomputes what blocks this target; resumes it when nothing does. */
function refreshed(state: State, target: TargetState, at: number): Step {
  const blockedBy = blockerOf(state, target, at);
  if (sameBlocker(blockedBy, target.blockedBy)) return [target, []];
  return reblocked({...target, blockedBy}, target.blockedBy, at);
}

/** Foresees the blocker of an incident that begins and wants a fix in one step, like the end of a child. */
function foreseeing(
  state: State,
  target: TargetState,
  at: number,
  step: (target: TargetState) => Step,
): Step {
  const blockedBy = target.blockedBy ? undefined : foreseenBlocker(state, target, at);
  if (!blockedBy) return step(target);
  const warned: TargetState = {...target, blockedBy};
  const [next, effects] = step(warned);
  // `settled` recomputes the blocker of a target that did not change.
  return [next === warned ? target : next, effects];
}
