import type {Clock} from '../contracts/clock.ts';
import type {Event} from '../core/model/event.ts';
import type {ProbeResult, ProcessReading} from '../core/model/observation.ts';
import {message} from '../core/text/message.ts';
import type {State} from '../core/model/state.ts';
import {findTarget} from '../core/targets.ts';
import type {Unexpected} from './unexpected.ts';

export const WATCH_MS = 250;
const BEATS_A_SECOND = 1_000 / WATCH_MS;
/** A timer lateness worth recording. */
const LAG_MS = 100;
const REMEMBERED_MS = 60_000;
/** The watch handles more targets in parts, so that due checks need not wait for all of them. */
const AT_A_TIME = 250;

/** How the watch reads the process of one target, without any probe. */
export interface Watched {
  readonly target: string;
  read(): ProcessReading;
  judge(reading: ProcessReading): ProbeResult;
}

export interface WatchSetup {
  readonly clock: Clock;
  targets(): readonly Watched[];
  getSnapshot(): State;
  dispatch(event: Event): void;
  /** Further work to do on every fourth beat. */
  everySecond?(): void;
  /** Gets what threw unexpectedly, about a target or about the beat itself, and that it works. */
  caught?: Unexpected['caught'];
  worked?: Unexpected['worked'];
}

export interface Watch {
  /** The greatest lateness of agent2's own timers since `at`, in ms. */
  worstLagSince(at: number): number;
  /** Reads all processes at once, since a change was announced. */
  inspectNow(): void;
  close(): void;
}

/**
 * The hard-evidence watch: four times a second it reads the state of every process, without any probe, and dispatches the changes.
 * The same beat measures agent2's own lag and notices clock jumps.
 */
export function startWatch({
  clock,
  targets,
  getSnapshot,
  dispatch,
  everySecond,
  caught = () => {},
  worked = () => {},
}: WatchSetup): Watch {
  const last = new Map<string, {readonly reading: ProcessReading; readonly key: string}>();
  const lags: Array<{at: number; ms: number}> = [];
  let beats = 0;
  /** Targets whose process cannot be read. */
  const unreadable = new Set<string>();
  let beatAt = clock.now();
  let cancel = clock.after(WATCH_MS, beat);
  /** Targets to inspect later in this beat. */
  let rest: {readonly run: () => void; readonly cancel: () => void} | undefined;

  return {
    worstLagSince(at) {
      const current = clock.now() - beatAt - WATCH_MS;
      return Math.max(0, current, ...lags.filter(lag => lag.at >= at).map(lag => lag.ms));
    },
    inspectNow() {
      for (const watched of targets()) attempt(() => inspect(watched, clock.now()), watched.target);
    },
    close() {
      cancel();
      rest?.cancel();
      rest = undefined;
    },
  };

  function beat(): void {
    const jump = clock.takeJump();
    const now = clock.now();
    const lagMs = now - (jump ?? 0) - beatAt - WATCH_MS;
    beatAt = now;
    if (lagMs > LAG_MS) lags.push({at: now, ms: lagMs});
    while (lags[0] && lags[0].at < now - REMEMBERED_MS) lags.shift();
    // The next beat comes even if this one fails.
    cancel = clock.after(WATCH_MS, beat);
    if (jump !== undefined) {
      lags.length = 0;
      dispatch({type: 'clock-jumped', at: now, byMs: jump});
    }
    // Finishes the last beat first, so that no target is left out.
    while (rest) rest.run();
    const all = targets();
    readFrom(all, 0);
    if (unreadable.size > 0) clearProblemsOfOthers(all, now);
    beats = (beats + 1) % BEATS_A_SECOND;
    if (beats === 0) attempt(() => everySecond?.());
  }

  /** What throws in one part of the beat must not end the others. */
  function attempt(work: () => void, target?: string): void {
    try {
      work();
      worked('watch', target);
    } catch (error) {
      caught('watch', error, target);
    }
  }

  function readFrom(all: readonly Watched[], from: number): void {
    rest = undefined;
    const to = from + AT_A_TIME;
    const now = clock.now();
    for (const watched of all.slice(from, to)) attempt(() => inspect(watched, now), watched.target);
    if (to >= all.length) return;
    const run = () => {
      rest?.cancel();
      readFrom(all, to);
    };
    rest = {
      run,
      cancel: clock.after(WATCH_MS / Math.ceil(all.length / AT_A_TIME), run),
    };
  }

  function clearProblemsOfOthers(all: readonly Watched[], at: number): void {
    const names = new Set(all.map(({target}) => target));
    for (const target of unreadable) if (!names.has(target)) clearProblem({target}, at);
  }

  /** Reads a process. A failure (out of file descriptors) is agent2's own problem, and is reported as such. */
  function tryRead(watched: Watched, at: number): ProcessReading | undefined {
    try {
      const reading = watched.read();
      clearProblem(watched, at);
      return reading;
    } catch (error) {
      // One report stands for all, since otherwise each reading would contradict the one before.
      const first = unreadable.size === 0;
      unreadable.add(watched.target);
      if (first)
        dispatch({
          type: 'problem',
          at,
          about: 'watch',
          text: message`the process cannot be examined: ${error instanceof Error ? error.message : String(error)}`,
        });
      return undefined;
    }
  }

  function clearProblem({target}: Pick<Watched, 'target'>, at: number): void {
    if (unreadable.delete(target) && unreadable.size === 0)
      dispatch({type: 'problem', at, about: 'watch'});
  }

  function inspect(watched: Watched, at: number): void {
    const target = findTarget(getSnapshot(), watched.target);
    if (!target || target.paused) {
      last.delete(watched.target);
      clearProblem(watched, at);
      return;
    }
    const reading = tryRead(watched, at);
    if (!reading) return;
    const before = last.get(watched.target);
    if (before?.reading === reading) return;
    const key = keyOf(reading);
    last.set(watched.target, {reading, key});
    if (before?.key === key) return;
    dispatch({
      type: 'looked',
      at,
      target: watched.target,
      epoch: target.epoch,
      asked: false,
      result: watched.judge(reading),
    });
  }
}

/** Two readings with the same key are equal. */
function keyOf(reading: ProcessReading): string {
  switch (reading.state) {
    case 'unknown':
      return 'unknown';
    case 'gone':
      return `gone ${reading.pid ?? ''} ${reading.pidFile}`;
    case 'zombie':
      return `zombie ${reading.identity.pid} ${reading.identity.startKey} ${reading.pidFile ?? ''}`;
    default:
      return `${reading.state} ${reading.identity.pid} ${reading.identity.startKey}`;
  }
}
