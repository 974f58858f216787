import {startTurn} from './start-turn.ts';
import {notStarted} from './not-started.ts';
import {spawn, type ChildProcess} from 'node:child_process';
import {setTimeout as pause} from 'node:timers/promises';
import {untilEnd, type RunLimits, type RunResult} from './run-command.ts';

export interface CaptureRequest extends RunLimits {
  /** The program and its arguments; no shell sees them. */
  readonly argv: readonly [string, ...string[]];
  readonly env?: NodeJS.ProcessEnv;
  /** The number of kept bytes of stdout and stderr together, from the start. */
  readonly maxBytes?: number;
}

/** The raw output of a command. */
export interface Capture {
  readonly end: RunResult;
  /** Both streams, in order of arrival. */
  readonly output: Buffer;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  /** The output was longer. */
  readonly cut: boolean;
}

const MAX_BYTES = 65_536;
/** Output beyond the limit is dropped up to here; then the pipe is closed, and further writers get an error. */
const DRAINED_BYTES = 1_048_576;
/** The last output may still be in the pipe at the exit, and a leftover process may hold the pipe forever. */
const REST_MS = 200;

/**
 * Runs a short command in its own process group and returns its output through a pipe; for commands that leave no process running.
 * Ends the whole group after a timeout. Failures of the command never reject.
 */
export async function capture({
  argv,
  env = process.env,
  maxBytes = MAX_BYTES,
  ...limits
}: CaptureRequest): Promise<Capture> {
  const [command, ...rest] = argv;
  const kept = keeper(maxBytes);
  await startTurn();
  if (limits.signal?.aborted) return {end: {kind: 'cancelled'}, ...kept.result()};
  try {
    const child = spawn(command, rest, {
      cwd: limits.cwd,
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const closed = new Promise<void>(resolve => child.once('close', () => resolve()));
    for (const from of ['stdout', 'stderr'] as const) {
      child[from].on('data', (chunk: Buffer) => kept.take(from, chunk) || letGo(child));
      child[from].on('error', () => letGo(child));
    }
    const end = await untilEnd(child, command, limits);
    await Promise.race([closed, pause(REST_MS, undefined, {ref: false})]);
    letGo(child);
    return {end, ...kept.result()};
  } catch (error) {
    // spawn throws for an impossible command, like one with a NUL.
    return {
      end: {kind: 'not-started', text: notStarted(error, command, limits.cwd)},
      ...kept.result(),
    };
  }
}

type Stream = 'stdout' | 'stderr';

function keeper(maxBytes: number) {
  const chunks: Array<{readonly from: Stream; readonly chunk: Buffer}> = [];
  let bytes = 0;
  const of = (stream: Stream) =>
    Buffer.concat(chunks.filter(({from}) => from === stream).map(({chunk}) => chunk));
  return {
    /** False once the limit is reached. */
    take(from: Stream, chunk: Buffer): boolean {
      if (bytes < maxBytes) chunks.push({from, chunk: chunk.subarray(0, maxBytes - bytes)});
      bytes += chunk.length;
      return bytes <= maxBytes + DRAINED_BYTES;
    },
    result: () => ({
      output: Buffer.concat(chunks.map(({chunk}) => chunk)),
      stdout: of('stdout'),
      stderr: of('stderr'),
      cut: bytes > maxBytes,
    }),
  };
}

function letGo(child: ChildProcess): void {
  child.stdout?.destroy();
  child.stderr?.destroy();
}
