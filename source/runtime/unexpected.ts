import type {Effect, Notice} from '../core/model/effect.ts';
import type {Event} from '../core/model/event.ts';
import type {Text} from '../core/model/text.ts';
import {findTarget} from '../core/targets.ts';
import type {State} from '../core/model/state.ts';
import {message} from '../core/text/message.ts';
import {TextError} from '../core/text/text-error.ts';
import {errorText} from '../format/error-text.ts';

/** The parts of agent2 whose bugs are told apart; `bug:PART` is the key of the problem in the status file. */
export type Part =
  | 'agent2'
  | 'checks'
  | 'decisions'
  | 'evidence'
  | 'fixes'
  | 'log'
  | 'memory'
  | 'recording'
  | 'screen'
  | 'status file'
  | 'timers'
  | 'watch';

/** Reports exceptions that nobody expected, each part once until it works again, so that none of them ends the loop. */
export interface Unexpected {
  /** Never throws. */
  caught(part: Part, error: unknown, target?: string): void;
  /** That part of the work for `target` was done without an exception. */
  worked(part: Part, target?: string): void;
}

/** A part that threw works again when it has thrown nothing for this long: what throws now and then is no news each time. */
const QUIET_MS = 60_000;

export interface UnexpectedSetup {
  now(): number;
  getSnapshot(): State;
  dispatch(event: Event): void;
  /** Logs a line beside the problem. */
  notify(notice: Notice): void;
}

export function createUnexpected({
  now,
  getSnapshot,
  dispatch,
  notify,
}: UnexpectedSetup): Unexpected {
  /** The targets with which each part threw (the monitor itself under ''), and when it last did. */
  const failing = new Map<Part, {readonly targets: Set<string>; lastAt: number}>();

  return {
    caught(part, error, target = '') {
      const before = failing.get(part);
      if (before) {
        before.targets.add(target);
        before.lastAt = now();
        return;
      }
      failing.set(part, {targets: new Set([target]), lastAt: now()});
      // The log, too, may be what throws: then the problem on the screen and in the status file has to do.
      quietly(() =>
        dispatch({
          type: 'problem',
          at: now(),
          about: keyOf(part),
          text: textOf(part, error, target),
        }),
      );
      quietly(() =>
        notify({
          at: now(),
          target: target === '' ? 'agent2' : target,
          level: 'error',
          kind: 'check',
          text: message`where it happened: ${stackOf(error)}`,
        }),
      );
    },
    worked(part, target = '') {
      if (failing.size === 0) return;
      const found = failing.get(part);
      if (!found || now() - found.lastAt < QUIET_MS) return;
      const {targets} = found;
      if (!targets.delete(target)) return;
      const state = getSnapshot();
      for (const name of targets) if (name !== '' && !findTarget(state, name)) targets.delete(name);
      if (targets.size > 0) return;
      failing.delete(part);
      quietly(() => dispatch({type: 'problem', at: now(), about: keyOf(part)}));
    },
  };
}

/** Whether an exception is a bug of agent2, and no trouble that the system or a person has to settle. */
export function isBug(error: unknown): boolean {
  if (error instanceof TextError || !(error instanceof Error)) return !(error instanceof TextError);
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return false;
  if (error instanceof TypeError || error instanceof RangeError) return true;
  return typeof (error as {readonly code?: unknown}).code !== 'string';
}

/** The part that performs this kind of effect. */
export function partOf({type}: Effect): Part {
  switch (type) {
    case 'check':
    case 'cancel-check':
    case 'inspect':
      return 'checks';
    case 'fix':
    case 'cancel-fix':
    case 'consume-signal':
      return 'fixes';
    case 'notify':
      return 'log';
    case 'remember':
      return 'memory';
    case 'write-status':
      return 'status file';
    case 'unexpected':
      return 'decisions';
  }
}

/** The outcome that an effect gets when it threw instead of reporting one, so that nothing waits for it for ever. */
export function outcomeInstead(effect: Effect, error: unknown, at: number): Event | undefined {
  const reason = errorText(error);
  switch (effect.type) {
    case 'check': {
      const {target, epoch} = effect;
      const observation = {kind: 'inconclusive', reason} as const;
      return {type: 'observed', at, target, epoch, startedAt: at, lagMs: 0, observation};
    }
    case 'inspect': {
      const {target, epoch} = effect;
      return {type: 'looked', at, target, epoch, asked: true, result: {readings: {}, faults: []}};
    }
    case 'fix': {
      const {target, request} = effect;
      const outcome = {kind: 'failed', detail: reason} as const;
      return {type: 'fix-finished', at, target, attempt: request.attempt, outcome};
    }
    default:
      return undefined;
  }
}

/** The same outcome of an event whose texts could not be cleaned, so that none of them is shown. */
export function withoutTexts(event: Event, error: unknown): Event | undefined {
  const reason = errorText(error);
  switch (event.type) {
    case 'observed':
      return {...event, observation: {kind: 'inconclusive', reason}};
    case 'looked':
      return {...event, result: {readings: {}, faults: []}};
    case 'fix-finished':
      return {...event, outcome: {kind: 'failed', detail: reason}};
    default:
      return undefined;
  }
}

function keyOf(part: Part): string {
  return `bug:${part}`;
}

function textOf(part: Part, error: unknown, target: string): Text {
  return target === ''
    ? message`a bug in agent2, please report it: ${errorText(error)} (in its ${part}; the log says where); it goes on`
    : message`a bug in agent2, please report it: ${errorText(error)} (in its ${part}, with ${target}; the log says where); ${target} and all others go on`;
}

const FRAMES = 12;

/** One line, as a log has them. */
function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return (error.stack ?? error.message)
    .split('\n')
    .slice(0, FRAMES + 1)
    .map(line => line.trim())
    .join(' | ');
}

function quietly(act: () => void): void {
  try {
    act();
  } catch {
    // It reports another exception: one that it causes itself must not end the loop either.
  }
}
