import type {Text} from '../core/model/text.ts';
import {setTimeout as pause} from 'node:timers/promises';
import {handOverBlocker} from '../core/hand-over.ts';
import {message} from '../core/text/message.ts';
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

/** The parts of a monitor that a hand-over stops, and starts again when no other process takes the loop. */
export interface HandedLoop {
  readonly monitor: RunningMonitor;
  readonly stateDir: string;
  /** Loads no further config; resolves when no reload is running. */
  holdConfig(): Promise<void>;
  /** Stops watching and answering. */
  stopWatching(): Promise<void>;
  /** Watches, answers and follows the config again. */
  resumeWatching(): Promise<void>;
  /** Writes what is pending. */
  flush(): Promise<void>;
  /** Releases the state directory, which only one process may hold. */
  release(): Promise<void> | void;
  /** Takes the state directory back. Throws a `UsageError` when another process holds it. */
  retake(): void;
}

/** The outcome: another process has `taken` the loop; this process has `kept` it; or it is `lost`, since this process could not take the state directory back. */
export type HandedOver =
  | {readonly kind: 'taken'; readonly pid: number}
  | {readonly kind: 'kept' | 'lost'; readonly text: Text};

/** What a hand-over waits for. `fix`: a running fix, while this loop works as before. `start`: the new process, while nothing watches. */
export type HandOverWait = 'fix' | 'start';

const FIX_MS = 30_000;
const START_MS = 10_000;
const POLL_MS = 20;

/** The words of an `agent2 run`, and the variables that hold what other users must not see in them. */
export interface RunCall {
  readonly argv: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Hands the loop over, unless the monitor is being closed. */
export interface HandOverRunner {
  /** Hands over once at a time: a second call gets the outcome of the first. */
  run(run: RunCall, onWait: (wait: HandOverWait) => void): Promise<HandedOver>;
  /** Keeps a loop that has not been released yet. Resolves when no hand-over is running. */
  abort(): Promise<void>;
}

/** Calls `onGone` when the loop no longer belongs to this process. */
export function createHandOverRunner(
  loop: HandedLoop,
  onGone: () => Promise<void>,
): HandOverRunner {
  const closing = new AbortController();
  let running: Promise<HandedOver> | undefined;
  return {
    run: (run, onWait) => (running ??= give(run, onWait).finally(() => (running = undefined))),
    async abort() {
      closing.abort();
      await running;
    },
  };

  async function give(run: RunCall, onWait: (wait: HandOverWait) => void): Promise<HandedOver> {
    const result = await handOver(loop, run, onWait, closing.signal);
    if (result.kind !== 'kept') await onGone();
    return result;
  }
}

/** Starts `run` in the background and hands the loop over to it. Aborting `signal` keeps a loop that has not been released yet. Never rejects. */
export async function handOver(
  loop: HandedLoop,
  run: RunCall,
  onWait: (wait: HandOverWait) => void,
  signal: AbortSignal,
): Promise<HandedOver> {
  await loop.holdConfig();
  const kept = await waitForRelease(loop.monitor, () => onWait('fix'), signal);
  if (kept !== undefined) {
    await loop.resumeWatching();
    return {kind: 'kept', text: kept};
  }
  onWait('start');
  // In the same turn as the check above, so that no fix begins in between and runs in both processes.
  loop.monitor.dispatch({type: 'let-go', at: loop.monitor.now()});
  await loop.stopWatching();
  const taker = await release(loop, run);
  if ('pid' in taker) return {kind: 'taken', pid: taker.pid};
  try {
    removeIfThere(handoverPath(loop.stateDir));
    // Without a release the directory is still held; taking it again would fail on a full disk.
    if (taker.released) loop.retake();
  } catch (error) {
    return {kind: 'lost', text: errorText(error)};
  }
  loop.monitor.dispatch({type: 'taken-over', at: loop.monitor.now()});
  await loop.resumeWatching();
  return {kind: 'kept', text: taker.text};
}

/** Waits until the loop can be released. Resolves to the reason to keep it, or undefined. */
async function waitForRelease(
  monitor: RunningMonitor,
  onWait: () => void,
  signal: AbortSignal,
): Promise<Text | undefined> {
  if (handOverBlocker(monitor.getSnapshot()) === undefined) return undefined;
  onWait();
  const deadline = performance.now() + FIX_MS;
  for (;;) {
    const kept = handOverBlocker(monitor.getSnapshot());
    if (kept === undefined) return undefined;
    if (signal.aborted) return message`agent2 is ending`;
    if (performance.now() > deadline)
      return message`${kept} for longer than ${span(FIX_MS)}; try again when it is done`;
    await pause(POLL_MS);
  }
}

/** Writes the state, releases the directory and starts the new process. After a failure the caller cleans up, but no process is left. */
async function release(
  loop: HandedLoop,
  {argv, env}: RunCall,
): Promise<{readonly pid: number} | {readonly text: Text; readonly released: boolean}> {
  const path = handoverPath(loop.stateDir);
  let released = false;
  try {
    await loop.flush();
    writeHandover(path, loop.monitor.getSnapshot());
    released = true;
    await loop.release();
    const taker = startDetached(loop.stateDir, ['run', ...argv], {
      ...process.env,
      ...env,
      [HANDOVER_VARIABLE]: path,
    });
    return {...(await taken(taker, loop.stateDir, path)), released};
  } catch (error) {
    return {text: errorText(error), released};
  }
}

/** Waits until the new process has removed the file, which is its last step, and holds the directory. Kills it otherwise. */
async function taken(
  taker: Detached,
  stateDir: string,
  path: string,
): Promise<{readonly pid: number} | {readonly text: Text}> {
  const deadline = performance.now() + START_MS;
  for (;;) {
    const ended = taker.ended();
    if (ended) {
      // The screen has room for one line, and the last one gives the reason.
      const words =
        taker
          .said()
          .trim()
          .split('\n')
          .at(-1)
          ?.replace(/^agent2: /, '') ?? '';
      taker.forget();
      return {
        text: message`the background process did not start: ${sanitize(words) || message`it ended with ${ended.signal ?? ended.code ?? 0}`}`,
      };
    }
    if (!isFile(path) && holderOf(stateDir)?.pid === taker.pid) {
      taker.letGo();
      return {pid: taker.pid};
    }
    if (performance.now() > deadline) break;
    await pause(POLL_MS);
  }
  // Not SIGTERM, which would make it stop the children; they must run on.
  deliver(taker.pid, 'SIGKILL');
  while (!taker.ended()) await pause(POLL_MS);
  taker.forget();
  return {text: message`the background process did not start within ${span(START_MS)}`};
}
