import {spawn, type ChildProcess} from 'node:child_process';
import {setTimeout as pause} from 'node:timers/promises';
import {errorText} from '../error-code.ts';
import {untilEnd, type RunLimits, type RunResult} from './run-command.ts';

export interface CaptureRequest extends RunLimits {
  /** The program and its arguments; no shell sees them. */
  readonly argv: readonly [string, ...string[]];
  readonly env?: NodeJS.ProcessEnv;
  /** So much of stdout and stderr together is kept: the start. */
  readonly maxBytes?: number;
}

/** What a command printed, raw. */
export interface Capture {
  readonly end: RunResult;
  /** Both of it, as it came. */
  readonly output: Buffer;
  readonly stdout: Buffer;
  /** There was more of it. */
  readonly cut: boolean;
}

const MAX_BYTES = 65_536;
/** What goes beyond is read and dropped up to here; then the pipe is closed, and whoever writes on is told so by the system. */
const DRAINED_BYTES = 1_048_576;
/** What a command said last may still be in the pipe when it has exited; somebody it left behind may hold the pipe for ever. */
const REST_MS = 200;

/**
 * Runs a short command in a process group of its own and returns what it printed: through a pipe, for a command that leaves nothing running.
 * One that takes too long is ended with its whole group. Never rejects for what is wrong with the command.
 */
export async function capture({
  argv,
  env = process.env,
  maxBytes = MAX_BYTES,
  ...limits
}: CaptureRequest): Promise<Capture> {
  const [command, ...rest] = argv;
  const kept = keeper(maxBytes);
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
    // spawn throws for what can never be a command, like a NUL in it.
    return {end: {kind: 'not-started', text: errorText(error)}, ...kept.result()};
  }
}

type Stream = 'stdout' | 'stderr';

function keeper(maxBytes: number) {
  const chunks: Array<{readonly from: Stream; readonly chunk: Buffer}> = [];
  let bytes = 0;
  return {
    /** False when it was enough. */
    take(from: Stream, chunk: Buffer): boolean {
      if (bytes < maxBytes) chunks.push({from, chunk: chunk.subarray(0, maxBytes - bytes)});
      bytes += chunk.length;
      return bytes <= maxBytes + DRAINED_BYTES;
    },
    result: () => ({
      output: Buffer.concat(chunks.map(({chunk}) => chunk)),
      stdout: Buffer.concat(chunks.filter(({from}) => from === 'stdout').map(({chunk}) => chunk)),
      cut: bytes > maxBytes,
    }),
  };
}

function letGo(child: ChildProcess): void {
  child.stdout?.destroy();
  child.stderr?.destroy();
}
