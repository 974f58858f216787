import type {Effect} from './model/effect.ts';
import {beginFix} from './fix/fixing.ts';
import {startGraceMs} from './fix/start-grace.ts';
import {untakenText, withdrawn} from './fix/untaken.ts';
import {resetStreaks} from './check/health.ts';
import type {Text} from './model/text.ts';
import {message} from './text/message.ts';
import {left} from './text/span.ts';
import {chain, notify, type Step} from './notice.ts';
import type {Policy} from './model/policy.ts';
import type {TargetState} from './model/target.ts';
import {interruptUptime} from './check/uptime.ts';
import {withoutRestart} from './advice.ts';

/** What people ask for: restart, pause, resume, observe, another preset. */

/** Restarts now on request: overrides hold, budget, backoff and observing, but not a pause. */
export function restartRequested(
  target: TargetState,
  by: 'user' | 'signal-file',
  at: number,
): Step {
  const refuse = (text: Text) =>
    notify(
      {...target, lastRefusal: {at, text: message`no restart: ${text}`}},
      {at, level: 'warning', kind: 'change', text: message`no restart: ${text}`},
    );
  if (!target.settings.traits.heals)
    return by === 'user' ? refuse(withoutRestart(target.settings)) : [target, []];
  if (target.paused)
    return by === 'user'
      ? refuse(message`paused; resume first`)
      : [{...target, restartPending: true}, []];
  const consume: readonly Effect[] =
    by === 'signal-file' ? [{type: 'consume-signal', target: target.settings.name}] : [];
  if (target.repair.step === 'fixing' || target.repair.step === 'verifying') {
    const [told, effects] = refuse(untakenText(target) ?? message`a fix is already running`);
    return [told, [...consume, ...effects]];
  }
  if (target.blockedBy && 'busy' in target.blockedBy && target.blockedBy.busy !== undefined) {
    const [told, effects] = refuse(
      message`a fix of ${target.blockedBy.busy} is running, and the two depend on each other`,
    );
    return [told, [...consume, ...effects]];
  }
  const [begun, effects] = beginFix(target, 'manual', 'restart', by, at);
  return [begun, [...consume, ...effects]];
}

/** Stops probing and healing, until `untilAt` where given. A running fix finishes, but is verified after the pause. Pausing again changes only the end. */
export function paused(target: TargetState, untilAt: number | undefined, at: number): Step {
  if (target.paused && target.pausedUntil === untilAt) return [target, []];
  const [free, withdrawal] = withdrawn(target);
  const [told, effects] = notify(
    free.paused ? {...free, pausedUntil: untilAt, lastRefusal: undefined} : pausing(free, untilAt),
    {
      at,
      level: 'info',
      kind: 'change',
      text:
        untilAt === undefined
          ? message`paused: no checks, no repairs`
          : message`paused for ${left(untilAt, at)}: no checks, no repairs`,
    },
  );
  return [
    told,
    [
      {type: 'cancel-check', target: target.settings.name},
      ...withdrawal,
      ...effects,
      {type: 'write-status'},
    ],
  ];
}

function pausing(target: TargetState, untilAt: number | undefined): TargetState {
  const {repair} = target;
  const keeps = repair.step === 'fixing' || repair.step === 'verifying' || repair.step === 'held';
  return {
    ...target,
    paused: true,
    pausedUntil: untilAt,
    epoch: target.epoch + 1,
    check: {state: 'idle', dueAt: Infinity, tries: 0},
    repair: keeps ? repair : {step: 'idle'},
    // A refusal on the screen would hide the pause, and no event would replace it.
    lastRefusal: undefined,
    // Nothing checks during a pause whether the target stays healthy.
    healthySince: undefined,
    uptime: interruptUptime(target.uptime),
  };
}

/** Resumes on request, or when the pause ends. */
export function resumed(target: TargetState, at: number): Step {
  if (!target.paused) return [target, []];
  const {repair, pausedUntil} = target;
  const next: TargetState = {
    ...target,
    paused: false,
    pausedUntil: undefined,
    lastRefusal: undefined,
    restartPending: false,
    health: resetStreaks(target.health),
    check: {state: 'idle', dueAt: repair.step === 'fixing' ? Infinity : at, tries: 0},
    repair:
      repair.step === 'verifying'
        ? {...repair, since: at, untilAt: at + startGraceMs(target)}
        : repair,
  };
  return chain(
    next,
    target =>
      notify(target, {
        at,
        level: 'info',
        kind: 'change',
        text:
          pausedUntil !== undefined && pausedUntil <= at
            ? message`resumed: the pause is over`
            : message`resumed`,
      }),
    target => [target, [{type: 'write-status'}]],
    resumed =>
      target.restartPending ? restartRequested(resumed, 'signal-file', at) : [resumed, []],
  );
}

export function observing(target: TargetState, on: boolean, at: number): Step {
  if (target.observing === on) return [target, []];
  const [free, withdrawal] = on ? withdrawn(target) : [target, []];
  const {repair} = free;
  const underWay = repair.step === 'fixing' || repair.step === 'verifying';
  const next: TargetState = {...free, observing: on, repair: underWay ? repair : {step: 'idle'}};
  const text = on
    ? message`observe only: checks, no repairs`
    : target.settings.traits.heals
      ? message`healing again`
      : message`healing again, but no restart is configured`;
  return chain(
    next,
    target => [target, withdrawal],
    target => notify(target, {at, level: 'info', kind: 'change', text}),
    target => [target, [{type: 'write-status'}]],
  );
}

/** Applies other timings, keeps counters, history and incident, and checks at once. */
export function presetChanged(target: TargetState, name: string, values: Policy, at: number): Step {
  if (name === target.preset) return [target, []];
  const next: TargetState = {
    ...target,
    preset: name,
    policy: {...values, ...target.settings.overrides},
    check:
      target.check.state === 'idle' && target.check.dueAt !== Infinity
        ? {...target.check, dueAt: at}
        : target.check,
  };
  const [told, effects] = notify(next, {
    at,
    level: 'info',
    kind: 'change',
    text: message`preset ${target.preset} -> ${name}`,
  });
  return [told, [...effects, {type: 'write-status'}]];
}
