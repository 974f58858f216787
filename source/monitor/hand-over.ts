import {setTimeout as pause} from 'node:timers/promises';
import {keptBy} from '../core/hand-over.ts';
import {say} from '../core/text/say.ts';
import {span} from '../core/text/span.ts';
import {sanitize} from '../format/sanitize.ts';
import {removeIfThere} from '../io/files/atomic-file.ts';
import {startDetached, type Detached} from '../io/run/detached.ts';
import {errorText} from '../io/error-code.ts';
import {deliver} from '../io/process/group.ts';
import {isFile} from '../io/files/directory.ts';
import {holderOf} from '../io/state-dir/lock.ts';
import type {RunningMonitor} from '../runtime/monitor.ts';
import {handoverPath, HANDOVER_VARIABLE, writeHandover} from './hand-over-file.ts';

/** What a loop that runs in this process gives away, and takes back when nobody takes it. */
export interface HandedLoop {
  readonly monitor: RunningMonitor;
  readonly stateDir: string;
  /** No config is taken over any more; resolves when none is being taken over. */
  holdConfig(): Promise<void>;
  /** Nothing is looked at, and nobody is answered, any more. */
  stopLooking(): Promise<void>;
  /** Looks and answers again, and follows the config. */
  lookAgain(): Promise<void>;
  /** Writes what waits to be written. */
  flush(): void;
  /** Lets go of the state directory, and of all in it that only one process may have. */
  release(): Promise<void> | void;
  /** Takes it back. Throws, for people, when somebody else has it. */
  retake(): void;
}

/** How it went: `taken` by another process; `kept` goes on here; `lost` is in the hands of somebody else, who did not get it from us. */
export type HandedOver =
  | {readonly kind: 'taken'; readonly pid: number}
  | {readonly kind: 'kept' | 'lost'; readonly text: string};

/** `fix`: until then all is as before. `start`: from then on nobody watches, which takes no longer than starting agent2 does. */
export type HandOverWait = 'fix' | 'start';

const FIX_MS = 30_000;
const START_MS = 10_000;
const LOOK_MS = 20;

/** The way to give the loop away, also while it is being closed. */
export interface Giving {
  /** One at a time: who asks meanwhile gets the same answer. */
  give(words: readonly string[], onWait: (wait: HandOverWait) => void): Promise<HandedOver>;
  /** For who wants to end instead: it is kept, if it is not yet let go of. Resolves when nothing is being given. */
  abort(): Promise<void>;
}

/** `onGone` is called when the loop is not ours any more. */
export function createGiving(loop: HandedLoop, onGone: () => Promise<void>): Giving {
  const closing = new AbortController();
  let giving: Promise<HandedOver> | undefined;
  return {
    give: (words, onWait) => (giving ??= give(words, onWait).finally(() => (giving = undefined))),
    async abort() {
      closing.abort();
      await giving;
    },
  };

  async function give(
    words: readonly string[],
    onWait: (wait: HandOverWait) => void,
  ): Promise<HandedOver> {
    const result = await handOver(loop, words, onWait, closing.signal);
    if (result.kind !== 'kept') await onGone();
    return result;
  }
}

/** Starts `run` with `words` in the background and gives it the loop, as it is. Never rejects. `signal` is for somebody who wants to end instead, and counts while it is not yet let go of. */
export async function handOver(
  loop: HandedLoop,
  words: readonly string[],
  onWait: (wait: HandOverWait) => void,
  signal: AbortSignal,
): Promise<HandedOver> {
  await loop.holdConfig();
  const kept = await whileKept(loop.monitor, () => onWait('fix'), signal);
  if (kept !== undefined) {
    await loop.lookAgain();
    return {kind: 'kept', text: kept};
  }
  onWait('start');
  // In the very turn in which it can: while the socket is closed a fix could begin, and both processes would make it.
  loop.monitor.dispatch({type: 'let-go', at: loop.monitor.now()});
  await loop.stopLooking();
  const taker = await release(loop, words);
  if ('pid' in taker) return {kind: 'taken', pid: taker.pid};
  try {
    removeIfThere(handoverPath(loop.stateDir));
    // What was never let go of is still ours, and a full disk would not let us take it.
    if (taker.released) loop.retake();
  } catch (error) {
    return {kind: 'lost', text: errorText(error)};
  }
  loop.monitor.dispatch({type: 'taken-over', at: loop.monitor.now()});
  await loop.lookAgain();
  return {kind: 'kept', text: taker.text};
}

/** Why it has to be kept, once it could have been let go of for so long; undefined as soon as it can. */
async function whileKept(
  monitor: RunningMonitor,
  onWait: () => void,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (keptBy(monitor.getSnapshot()) === undefined) return undefined;
  onWait();
  const deadline = performance.now() + FIX_MS;
  for (;;) {
    const kept = keptBy(monitor.getSnapshot());
    if (kept === undefined) return undefined;
    if (signal.aborted) return say`agent2 is ending`;
    if (performance.now() > deadline)
      return say`${kept} for longer than ${span(FIX_MS)}; try again when it is over`;
    await pause(LOOK_MS);
  }
}

/** Nothing is let go of before all is written; what has to be cleaned up after a failure is left to the caller, but for the process. */
async function release(
  loop: HandedLoop,
  words: readonly string[],
): Promise<{readonly pid: number} | {readonly text: string; readonly released: boolean}> {
  const path = handoverPath(loop.stateDir);
  let released = false;
  try {
    loop.flush();
    writeHandover(path, loop.monitor.getSnapshot());
    released = true;
    await loop.release();
    const taker = startDetached(loop.stateDir, ['run', ...words], {
      ...process.env,
      [HANDOVER_VARIABLE]: path,
    });
    return {...(await taken(taker, loop.stateDir, path)), released};
  } catch (error) {
    return {text: errorText(error), released};
  }
}

/** The last thing that it does before it goes on is to remove the file. */
async function taken(
  taker: Detached,
  stateDir: string,
  path: string,
): Promise<{readonly pid: number} | {readonly text: string}> {
  const deadline = performance.now() + START_MS;
  for (;;) {
    const ended = taker.ended();
    if (ended) {
      // Of several lines the last one says what is wrong, and there is room for one.
      const words =
        taker
          .said()
          .trim()
          .split('\n')
          .at(-1)
          ?.replace(/^agent2: /, '') ?? '';
      taker.forget();
      return {
        text: say`the one in the background did not start: ${sanitize(words) || say`it ended with ${ended.signal ?? ended.code ?? 0}`}`,
      };
    }
    if (!isFile(path) && holderOf(stateDir)?.pid === taker.pid) {
      taker.letGo();
      return {pid: taker.pid};
    }
    if (performance.now() > deadline) break;
    await pause(LOOK_MS);
  }
  // Not in order: that would end the children of the loop, which go on.
  deliver(taker.pid, 'SIGKILL');
  while (!taker.ended()) await pause(LOOK_MS);
  taker.forget();
  return {text: say`the one in the background was not up within ${span(START_MS)}`};
}
