import {checked} from './checking.ts';
import {clockJumped} from './clock-jump.ts';
import {observing, paused, presetChanged, restartRequested, resumed} from './controls.ts';
import {due} from './due.ts';
import type {Effect, Notice} from './model/effect.ts';
import {say} from './text/say.ts';
import {looked} from './verdict.ts';
import {
  chainsOf,
  blockerOf,
  lookUpstream,
  sameBlocker,
  unseenUpstream,
  type Chains,
} from './dependencies.ts';
import type {Event} from './model/event.ts';
import {evidenceFound, fixFinished, fixSignalled} from './fixing.ts';
import {letGo, takenOver} from './hand-over.ts';
import {historyReset} from './history-reset.ts';
import {remembersSame} from './memory.ts';
import {chain, type Step} from './notice.ts';
import {doubt} from './combine.ts';
import {reconfigured} from './reconfigure.ts';
import {type State, type TargetState} from './model/state.ts';
import {findTarget, mapTargets, targetsOf, withTarget} from './targets.ts';
import {problemName} from './text/problem-name.ts';
import {interruptUptime} from './uptime.ts';
import {defer, undeferred} from './waiting.ts';

/** The one place where anything is decided: an event and its time, the state before, the state after, and what is to be done. Pure. */
export function update(state: State, event: Event): readonly [State, readonly Effect[]] {
  const [answered, effects] = decide(state, event);
  const decided =
    answered.status === 'monitoring' ? lookUpstream(answered, state, event.at) : answered;
  // Whatever came of it may concern the others.
  const [next, more] =
    decided.status === 'monitoring' && decided !== state
      ? forAll(decided, event.at, target => [target, []])
      : [decided, []];
  const news =
    next.targets !== state.targets &&
    targetsOf(next).some(target => !remembersSame(target, findTarget(state, target.settings.name)));
  // What has to survive our own end is kept before anything is done: a fix that we do not live to see must count.
  return [next, [...(news ? [{type: 'remember'} as const] : []), ...effects, ...more]];
}

function decide(state: State, event: Event): readonly [State, readonly Effect[]] {
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
        ? forAll(state, event.at, target => due(target, event.at))
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
        ? forOne(state, event.target, event.at, target =>
            presetChanged(target, event.name, policy, event.at),
          )
        : [state, []];
    }
    default:
      return state.status === 'monitoring'
        ? forOne(state, event.target, event.at, target => updateTarget(target, event))
        : [state, []];
  }
}

type TargetEvent = Exclude<Extract<Event, {target: string}>, {type: 'preset'}>;

function updateTarget(target: TargetState, event: TargetEvent): Step {
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
        ? evidenceFound(target, event.evidence, at)
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

function started(state: State, at: number): readonly [State, readonly Effect[]] {
  const spacing = targetsOf(state).length;
  const begun = mapTargets(state, (target, index) => ({
    ...target,
    graceUntil: at + target.policy.startGraceMs,
    check: {
      state: 'idle',
      dueAt: target.paused ? Infinity : at + (index * target.policy.intervalMs) / spacing,
      tries: 0,
    },
  }));
  return [{...begun, status: 'monitoring'}, [{type: 'write-status'}]];
}

/** A fix under way is not cancelled: a restart half done is worse than one that ends without us. How long it is waited for, the shell decides. */
function stopped(state: State, at: number): readonly [State, readonly Effect[]] {
  const left = mapTargets(state, target => ({
    ...target,
    epoch: target.epoch + 1,
    check: {state: 'idle', dueAt: Infinity, tries: 0},
    uptime: interruptUptime(target.uptime),
  }));
  const ends = targetsOf(state).flatMap((target): Effect[] => [
    {type: 'cancel-check', target: target.settings.name},
    {
      type: 'tell',
      notice: {
        at,
        target: target.settings.name,
        level: 'info',
        kind: 'change',
        text: say`agent2 stops watching`,
      },
    },
  ]);
  return [{...left, status: 'stopped'}, [...ends, {type: 'write-status'}]];
}

function isCurrentFix({repair}: TargetState, attempt: number): boolean {
  return (
    (repair.step === 'fixing' || repair.step === 'verifying') && repair.attempt.number === attempt
  );
}

/** Told once, and once more when it is over. */
function problem(
  state: State,
  {at, about, text}: Extract<Event, {type: 'problem'}>,
): readonly [State, readonly Effect[]] {
  if (state.problems[about] === text) return [state, []];
  const {[about]: _, ...others} = state.problems;
  const notice: Notice = {
    at,
    target: 'agent2',
    level: text === undefined ? 'info' : 'error',
    kind: 'change',
    text: text ?? say`${problemName(about)} works again`,
  };
  return [
    {...state, problems: text === undefined ? others : {...others, [about]: text}},
    [{type: 'tell', notice}],
  ];
}

function forOne(
  state: State,
  name: string,
  at: number,
  step: (target: TargetState) => Step,
): readonly [State, readonly Effect[]] {
  return forAll(state, at, target =>
    target.settings.name === name ? foreseeing(state, target, at, step) : [target, []],
  );
}

/** Trouble that begins and calls for a fix in one step, like the end of a child, finds what has to be waited for then. */
function foreseeing(
  state: State,
  target: TargetState,
  at: number,
  step: (target: TargetState) => Step,
): Step {
  const unseen =
    target.incident || target.blockedBy
      ? undefined
      : unseenUpstream(targetsOf(state), target, at, at);
  if (!unseen) return step(target);
  const warned: TargetState = {...target, blockedBy: unseen};
  const [next, effects] = step(warned);
  if (next === warned) return [target, effects];
  return [next.incident ? next : {...next, blockedBy: undefined}, effects];
}

/** All times move together: before they all have, none can be judged by those of the others. */
function jumped(
  state: State,
  {byMs, at}: Extract<Event, {type: 'clock-jumped'}>,
): readonly [State, readonly Effect[]] {
  const effects: Effect[] = [];
  const next = mapTargets(state, target => {
    const [jumped, more] = clockJumped(target, byMs, at);
    effects.push(...more);
    return jumped;
  });
  return [next, effects];
}

/** One after the other, each knowing what became of those before it: two that depend on each other are never fixed at once. The same state object when no target changed. */
function forAll(
  state: State,
  at: number,
  step: (target: TargetState) => Step,
): readonly [State, readonly Effect[]] {
  const effects: Effect[] = [];
  const chains = chainsOf(targetsOf(state));
  let current = state;
  for (const {settings} of targetsOf(state)) {
    const target = findTarget(current, settings.name);
    if (!target) continue;
    const [next, more] = chain(target, target => refreshed(current, chains, target, at), step);
    effects.push(...more);
    current = withTarget(current, next);
  }
  return [current, effects];
}

/** Who has to wait for whom by now; who waited and need not any more goes on. */
function refreshed(state: State, chains: Chains, target: TargetState, at: number): Step {
  const blockedBy = blockerOf(state, chains, target, at);
  if (sameBlocker(blockedBy, target.blockedBy)) return [target, []];
  const next: TargetState = {...target, blockedBy};
  if (next.repair.step !== 'deferred') return [next, []];
  if (!blockedBy) return undeferred(next, target.blockedBy, at);
  return target.blockedBy?.reason === 'unseen' ? defer(next, at) : [next, []];
}
