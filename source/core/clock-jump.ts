import {resetStreaks} from './check/health.ts';
import {notify, type Step} from './notice.ts';
import {message} from './text/message.ts';
import {span} from './text/span.ts';
import type {Repair} from './model/repair.ts';
import type {CheckState, TargetState} from './model/target.ts';
import {interruptUptime} from './check/uptime.ts';

/** Keeps every wait its length when the wall clock jumps, and repeats the checks under way. */
export function clockJumped(target: TargetState, byMs: number, at: number): Step {
  const moved: TargetState = {
    ...shift(target, byMs),
    epoch: target.epoch + 1,
    health: resetStreaks(target.health),
    uptime: {...interruptUptime(target.uptime), since: target.uptime.since + byMs},
  };
  const rechecked: TargetState =
    target.check.state === 'running'
      ? {...moved, check: {state: 'idle', dueAt: at, tries: target.check.tries}}
      : moved;
  const inspected: TargetState =
    rechecked.repair.step === 'looking'
      ? {...rechecked, repair: {...rechecked.repair, at}}
      : rechecked;
  const text = message`the clock jumped by ${byMs < 0 ? message`-${span(-byMs)}` : span(byMs)} or the machine slept; running checks do not count`;
  const [told, effects] = notify(inspected, {at, level: 'info', kind: 'change', text});
  return [told, [{type: 'cancel-check', target: target.settings.name}, ...effects]];
}

/** Moves every pending time of a target by `byMs`. Past times of samples, events and fixes stay. */
function shift(target: TargetState, byMs: number): TargetState {
  const moved = (time: number | undefined) => (time === undefined ? undefined : time + byMs);
  return {
    ...target,
    pausedUntil: moved(target.pausedUntil),
    graceUntil: moved(target.graceUntil),
    lastAttemptEndedAt: moved(target.lastAttemptEndedAt),
    healthySince: moved(target.healthySince),
    aliveAt: moved(target.aliveAt),
    goneSince: moved(target.goneSince),
    incident: target.incident && {...target.incident, startedAt: target.incident.startedAt + byMs},
    lastRefusal: target.lastRefusal && {...target.lastRefusal, at: target.lastRefusal.at + byMs},
    lastHeartbeatAt: target.lastHeartbeatAt + byMs,
    attemptTimes: target.attemptTimes.map(time => time + byMs),
    waste: target.waste && {
      ...target.waste,
      times: target.waste.times.map(time => time + byMs),
    },
    check: shiftCheck(target.check, byMs),
    repair: shiftRepair(target.repair, byMs),
  };
}

function shiftCheck(check: CheckState, byMs: number): CheckState {
  return check.state === 'idle'
    ? {...check, dueAt: check.dueAt + byMs}
    : {...check, startedAt: check.startedAt + byMs};
}

function shiftRepair(repair: Repair, byMs: number): Repair {
  switch (repair.step) {
    case 'idle':
    case 'deferred':
      return repair;
    case 'looking':
      return {...repair, at: repair.at + byMs};
    case 'settling':
    case 'waiting':
      return {...repair, untilAt: repair.untilAt + byMs};
    case 'held':
      return {...repair, since: repair.since + byMs, nextAttemptAt: repair.nextAttemptAt + byMs};
    case 'fixing':
      return {...repair, attempt: {...repair.attempt, startedAt: repair.attempt.startedAt + byMs}};
    case 'verifying':
      return {
        ...repair,
        attempt: {...repair.attempt, startedAt: repair.attempt.startedAt + byMs},
        since: repair.since + byMs,
        untilAt: repair.untilAt + byMs,
        ...(repair.goodSince === undefined ? {} : {goodSince: repair.goodSince + byMs}),
      };
  }
}
