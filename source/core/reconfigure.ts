import type {Effect, Notice} from './model/effect.ts';
import {startGraceMs} from './fix/start-grace.ts';
import {initialTarget} from './initial.ts';
import {type TargetStart} from './model/event.ts';
import {memoryOf} from './memory.ts';
import type {Text} from './model/text.ts';
import {joined, message} from './text/message.ts';
import type {State} from './model/state.ts';
import type {TargetState} from './model/target.ts';
import type {Event} from './model/event.ts';
import {findTarget, newTargets, targetsOf} from './targets.ts';

/** Applies a changed, valid config file: unchanged targets continue, changed ones keep their past and people's choices, removed ones are dropped. */
export function reconfigured(
  state: State,
  {targets: starts, healBudget, brake, at}: Extract<Event, {type: 'reconfigured'}>,
): readonly [State, readonly Effect[]] {
  const fates = starts.map((start, index) =>
    fateOf(state, start, at + (index * 1_000) / starts.length, at),
  );
  const targets = fates.map(({target}) => target);
  const same = new Set(
    fates.filter(({fate}) => fate === 'same').map(({target}) => target.settings.name),
  );
  const named = new Set(starts.map(({settings}) => settings.name));
  const left = targetsOf(state).filter(({settings}) => !same.has(settings.name));
  const removed = left
    .filter(({settings}) => !named.has(settings.name))
    .map(({settings}) => settings.name);
  const cancelled = left.flatMap(({settings: {name}}): Effect[] => [
    {type: 'cancel-check', target: name},
    {type: 'cancel-fix', target: name},
  ]);
  const text = message`config reloaded: ${summary(fates, removed)}`;
  const notice: Notice = {at, target: 'agent2', level: 'info', kind: 'change', text};
  return [
    {...state, targets: newTargets(targets), healBudget, brake},
    [...cancelled, {type: 'notify', notice}, {type: 'write-status'}],
  ];
}

interface Fated {
  readonly fate: 'same' | 'changed' | 'new';
  readonly target: TargetState;
}

function fateOf(state: State, start: TargetStart, dueAt: number, at: number): Fated {
  const old = findTarget(state, start.settings.name);
  if (old && old.settings.fingerprint === start.settings.fingerprint)
    return {fate: 'same', target: old};
  const fresh = initialTarget(old ? {...start, memory: memoryOf(old)} : start, state.presets, at);
  const begun: TargetState = {
    ...fresh,
    graceUntil: at + startGraceMs(fresh),
    check: {state: 'idle', dueAt: fresh.paused ? Infinity : dueAt, tries: 0},
  };
  if (!old) return {fate: 'new', target: begun};
  const {epoch, fixCount, uptime, samples, events, paused, pausedUntil, restartPending} = old;
  return {
    fate: 'changed',
    target: {
      ...begun,
      repair: triedAgain(begun.repair, at),
      epoch: epoch + 1,
      fixCount,
      uptime,
      samples,
      events,
      paused,
      pausedUntil,
      restartPending,
      check: paused ? {state: 'idle', dueAt: Infinity, tries: 0} : begun.check,
    },
  };
}

/** Allows a held target its next attempt at once, since a person who corrects its config wants to see the result. */
function triedAgain(repair: TargetState['repair'], at: number): TargetState['repair'] {
  return repair.step === 'held' && repair.reason === 'budget'
    ? {...repair, nextAttemptAt: Math.min(repair.nextAttemptAt, at)}
    : repair;
}

function summary(fates: readonly Fated[], removed: readonly string[]): Text {
  const named = (fate: Fated['fate']) =>
    fates.filter(each => each.fate === fate).map(({target}) => target.settings.name);
  const parts: ReadonlyArray<readonly [readonly string[], (names: Text) => Text]> = [
    [named('changed'), names => message`changed ${names}`],
    [named('new'), names => message`new ${names}`],
    [removed, names => message`removed ${names}`],
  ];
  const told = parts
    .filter(([names]) => names.length > 0)
    .map(([names, text]) => text(firstOf(names)));
  const same = named('same').length;
  return joined([...told, ...(same > 0 ? [message`${same} unchanged`] : [])], message`; `);
}

const MOST_NAMES = 20;

function firstOf(names: readonly string[]): Text {
  const more = names.length - MOST_NAMES;
  const first = joined(names.slice(0, MOST_NAMES), message`, `);
  return more > 0 ? message`${first} and ${more} more` : first;
}
