import {isBeingFixed} from '../phase.ts';
import type {Event} from '../model/event.ts';
import {type ProcessSource} from '../model/observation.ts';
import type {FixAction} from '../model/repair.ts';
import type {TargetState} from '../model/target.ts';
import {isReplaced} from '../readings.ts';
import {sightingOf, type Followed} from './sighting.ts';
import type {Control, Gap, Healing, Sighting, TargetHistory, Problem} from './history.ts';
import {noFigures, tally} from './tally.ts';

/** Follows one target through a recording. */
export interface Tracker {
  /** Starts counting; only the first call matters. */
  begin(found: Begun): void;
  follow(step: Followed): void;
  /** How long fixes that worked took, in ms. */
  readonly durations: Readonly<
    Record<FixAction, {readonly done: number[]; readonly healthy: number[]}>
  >;
  /** Undefined if it was never counted. */
  history(span: Gap, healing: Healing): readonly TargetHistory[];
}

/** The state when counting began. */
type Begun = Pick<TargetHistory, 'start' | 'startsPaused' | 'pausedUntil'>;

/** A longer time without a sighting, in recorded intervals, is a gap. */
const GAP_INTERVALS = 3;

type Writable<T> = {-readonly [Key in keyof T]: T[Key]};
type OpenProblem = Writable<Omit<Problem, 'attempts'>> & {
  attempts: Array<{tookMs: number}>;
  lastAttempt?: number;
};

export function createTracker(): Tracker {
  const durations = {
    continue: {done: [] as number[], healthy: [] as number[]},
    restart: {done: [] as number[], healthy: [] as number[]},
  };
  const sightings: Sighting[] = [];
  const problems: OpenProblem[] = [];
  const gaps: Gap[] = [];
  const controls: Control[] = [];
  let begun: Begun | undefined;
  let happened = noFigures;
  let via: ProcessSource | undefined;
  let generation = 0;
  let seenAt: number | undefined;
  let intervalMs = 0;

  return {
    durations,
    begin(found) {
      begun ??= found;
    },
    follow(step) {
      intervalMs = step.before.policy.intervalMs;
      if (isReplaced(step.before.process, step.after.process) && !isBeingFixed(step.before.repair))
        generation += 1;
      const last = sightings.at(-1);
      const found = sightingOf(step, last, generation);
      // The watch may have seen a change since the check began.
      const sighting = found && last && found.at < last.at ? {...found, at: last.at} : found;
      const problem = openProblem();
      if (sighting) see(sighting, step);
      else if (step.event.type === 'fix-finished' || step.event.type === 'looked') seenAt = step.at;
      if (step.counting)
        happened = tally(
          happened,
          step.effects,
          step.before.settings.name,
          (problem ?? openProblem())?.from,
          step.at,
        );
      noteAttempts(step);
      if (isControl(step.event) && step.counting) controls.push(moved(step.event, step));
    },
    history(span, healing) {
      if (!begun) return [];
      const within = problems.filter(({to}) => to > span.from);
      const blind = blindTimes(span);
      const downtimeMs = within.reduce(
        (sum, {from, to}) =>
          sum + seenMs({from: Math.max(from, span.from), to: Math.min(to, span.to)}, blind),
        0,
      );
      const figures = {...happened, downtimeMs, observedMs: seenMs(span, blind)};
      return [
        {
          ...begun,
          sightings,
          problems: within,
          gaps: blind,
          controls,
          healing,
          via,
          happened: figures,
        },
      ];
    },
  };

  function openProblem(): OpenProblem | undefined {
    const last = problems.at(-1);
    return last?.to === Infinity ? last : undefined;
  }

  function see(sighting: Sighting, {event, before, counting, at}: Followed): void {
    const reading =
      event.type === 'observed' && event.observation.kind !== 'inconclusive'
        ? event.observation.readings.process
        : event.type === 'looked'
          ? event.result.readings.process
          : undefined;
    if (reading && 'via' in reading) via = reading.via;
    if (
      seenAt !== undefined &&
      sighting.at - seenAt > GAP_INTERVALS * intervalMs &&
      before.repair.step !== 'fixing'
    )
      gaps.push({from: seenAt, to: sighting.at});
    seenAt = at;
    // Before anything counts, only the last sighting matters.
    if (!counting) sightings.length = 0;
    sightings.push(sighting);
    if (sighting.kind === 'bad') bad(sighting, before);
    if (sighting.kind === 'good' && event.type === 'observed') good(sighting, before);
  }

  function bad(sighting: Sighting, {repair}: TargetState): void {
    if (openProblem()) return;
    const last = problems.at(-1);
    const attempt =
      repair.step === 'fixing' || repair.step === 'verifying' ? repair.attempt.number : undefined;
    // A good check while the same fix is in verification does not end the problem.
    if (last && attempt !== undefined && last.lastAttempt === attempt)
      Object.assign(last, {to: Infinity, repaired: false});
    else
      problems.push({
        from: sighting.at,
        to: Infinity,
        attempts: [],
        repaired: false,
        byFix: attempt !== undefined,
      });
  }

  function good(sighting: Sighting, {repair, process}: TargetState): void {
    const problem = openProblem();
    if (!problem) return;
    const attempt =
      repair.step === 'fixing' || repair.step === 'verifying' ? repair.attempt : undefined;
    const untaken =
      attempt?.awaiting === true &&
      attempt.before !== undefined &&
      !isReplaced(attempt.before, process);
    Object.assign(problem, {
      to: sighting.at,
      repaired: attempt !== undefined && !untaken && problem.lastAttempt === attempt.number,
    });
  }

  function noteAttempts({event, before, after, at, offsetMs}: Followed): void {
    const problem = openProblem();
    const [old, current] = [before.repair, after.repair];
    if (old.step === 'fixing' || old.step === 'verifying') {
      const {number, action, startedAt} = old.attempt;
      const tookMs = at - (startedAt + offsetMs);
      if (event.type === 'fix-finished' && event.outcome.kind === 'done')
        durations[action].done.push(tookMs);
      const over = !('attempt' in current) || current.attempt.number !== number;
      const last = problems.at(-1);
      if (over && last?.lastAttempt === number) last.attempts[last.attempts.length - 1] = {tookMs};
      if (over && after.fixes.at(-1)?.result === 'success') durations[action].healthy.push(tookMs);
    }
    if (after.fixCount > before.fixCount && problem && 'attempt' in current) {
      problem.attempts.push({tookMs: Infinity});
      problem.lastAttempt = current.attempt.number;
      problem.beforeFix ??= sightings.at(-1);
    }
  }

  /** The gaps, and the time before the first sighting and after the last. */
  function blindTimes(span: Gap): readonly Gap[] {
    const first = sightings[0]?.at ?? span.to;
    const last = seenAt ?? span.to;
    return [
      ...(first > span.from ? [{from: span.from, to: first}] : []),
      ...gaps
        .filter(({to}) => to > span.from)
        .map(({from, to}) => ({from: Math.max(from, span.from), to})),
      ...(span.to - last > GAP_INTERVALS * intervalMs
        ? [{from: Math.max(last, span.from), to: span.to}]
        : []),
    ];
  }
}

const CONTROLS: ReadonlySet<Event['type']> = new Set([
  'restart-requested',
  'paused',
  'resumed',
  'observing',
  'preset',
] satisfies Array<Control['type']>);

function isControl(event: Event): event is Control {
  return CONTROLS.has(event.type);
}

/** Converts to the even clock. */
function moved(control: Control, {at, offsetMs}: Followed): Control {
  return control.type === 'paused' && control.untilAt !== undefined
    ? {...control, at, untilAt: control.untilAt + offsetMs}
    : {...control, at};
}

/** The part of a stretch outside of the gaps. */
function seenMs(stretch: Gap, gaps: readonly Gap[]): number {
  const blindMs = gaps.reduce(
    (sum, {from, to}) => sum + Math.max(0, Math.min(to, stretch.to) - Math.max(from, stretch.from)),
    0,
  );
  return Math.max(0, stretch.to - stretch.from - blindMs);
}
