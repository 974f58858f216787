/** The services of the policies table: what becomes of each start. All times in milliseconds since the service was last well. */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

export const HOURS = 8;
export const END_MS = HOURS * 60 * MINUTE;
/** How long a start takes, unless the service says otherwise. */
const START_MS = 2 * SECOND;
/** How long a process that cannot start lives. */
const DYING_MS = 100;

export interface Service {
  readonly name: string;
  /** Whether a restart helps in the end: then availability counts, else calm. */
  readonly helps: boolean;
  /** What becomes of a process started at `at`: when it answers, and when it dies. `random` is from 0 to 1. */
  start(at: number, random: () => number): Run;
  /** Until when it answers with 500, whatever is done. */
  readonly sickUntilMs: number;
}

export interface Run {
  readonly readyAt: number;
  readonly diesAt: number;
}

export const services: readonly Service[] = [
  lives('lives 30 s', () => 30 * SECOND),
  lives('lives 90 s', () => 90 * SECOND),
  lives('lives 5 min', () => 5 * MINUTE),
  lives('lives 20 min', () => 20 * MINUTE),
  lives('lives 2 min on average, exponential', random => -2 * MINUTE * Math.log(1 - random())),
  cannotStart('cannot start for 1 min', MINUTE),
  cannotStart('cannot start for 10 min', 10 * MINUTE),
  cannotStart('cannot start for 2 h', 120 * MINUTE),
  {...cannotStart('never starts', Infinity), helps: false},
  {...lives('answers 500 for 10 min, whatever is done', () => Infinity), sickUntilMs: 10 * MINUTE},
  lives('needs 40 s to start', () => Infinity, 40 * SECOND),
];

/** One that answers `startMs` after its start, and then lives for a while. */
export function lives(
  name: string,
  lifeMs: (random: () => number) => number,
  startMs = START_MS,
): Service {
  return {
    name,
    helps: true,
    start: (at, random) => ({readyAt: at + startMs, diesAt: at + startMs + lifeMs(random)}),
    sickUntilMs: 0,
  };
}

/** One whose process ends at once until `untilMs`. */
export function cannotStart(name: string, untilMs: number): Service {
  return {
    name,
    helps: true,
    start: at =>
      at < untilMs
        ? {readyAt: Infinity, diesAt: at + DYING_MS}
        : {readyAt: at + START_MS, diesAt: Infinity},
    sickUntilMs: 0,
  };
}

/** Availability from 0 to 1 and the number of starts, in the whole time. */
export interface Outcome {
  readonly availability: number;
  readonly starts: number;
}

/** The same numbers from 0 to 1 for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
