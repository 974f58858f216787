import {spawn, type ChildProcess} from 'node:child_process';
import {sanitize, sanitizeBlock} from '../../format/sanitize.ts';
import {errorText} from '../error-code.ts';
import {isMissing, notStarted} from './not-started.ts';
import {openOutputFile} from './output-file.ts';
import {readProcess} from '../process/processes.ts';
import {endGroup} from '../process/group.ts';

export interface RunRequest {
  /** The program and its arguments; no shell sees them. */
  readonly argv: readonly [string, ...string[]];
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly timeoutMs?: number;
  /** Gets stdout and stderr, of which the last 64 KiB stay. A file, not a pipe: what the command leaves running must be able to write on. */
  readonly outputFile: string;
  /** Write behind what is in the file, instead of beginning anew. */
  readonly append?: boolean;
  readonly signal?: AbortSignal;
}

/** `output` is what the command said, at most its last 64 KiB, and `lastLine` the end of it; both sanitised. */
export type RunResult = {readonly output?: string; readonly lastLine?: string} & (
  | {readonly kind: 'exited'; readonly code: number}
  | {readonly kind: 'signalled'; readonly signal: NodeJS.Signals}
  | {readonly kind: 'timed-out'}
  /** `signal` was aborted: the command and its group were ended. */
  | {readonly kind: 'cancelled'}
  /** `missing`: there is no such command. */
  | {readonly kind: 'not-started'; readonly text: string; readonly missing?: true}
);

/** How long the group of a command that took too long may take to end. */
const END_MS = 2_000;

/**
 * Runs a command in a process group of its own until it exits; what it left in the background runs on. A command that takes
 * longer than `timeoutMs` is ended with its whole group. Never rejects for what is wrong with the command.
 */
export async function runCommand({
  argv,
  env = process.env,
  cwd,
  timeoutMs = 30_000,
  outputFile,
  append = false,
  signal,
}: RunRequest): Promise<RunResult> {
  if (signal?.aborted) return {kind: 'cancelled'};
  const file = openOutputFile(outputFile, append);
  const output = file?.descriptor ?? 'ignore';
  try {
    const [command, ...rest] = argv;
    const child = spawn(command, rest, {
      cwd,
      env,
      detached: true,
      stdio: ['ignore', output, output],
    });
    return {
      ...(await untilEnd(child, command, {cwd, timeoutMs, signal})),
      ...said(file?.text() ?? ''),
    };
  } catch (error) {
    // spawn throws for what can never be a command, like a NUL in it.
    return {kind: 'not-started', text: errorText(error)};
  } finally {
    file?.close();
  }
}

function said(text: string): Pick<RunResult, 'output' | 'lastLine'> {
  const output = sanitizeBlock(text, text.length);
  return output === ''
    ? {}
    : {output, lastLine: sanitize(output.slice(output.lastIndexOf('\n') + 1))};
}

export interface RunLimits {
  readonly cwd?: string;
  readonly timeoutMs: number;
  /** How long its group may take to end after SIGTERM, when it took too long; then comes SIGKILL. */
  readonly endMs?: number;
  /** Nothing of its group may outlive it: what runs again and again would leave another one behind each time. */
  readonly leaveNothing?: boolean;
  readonly signal?: AbortSignal;
}

/** Waits for the end of a command that leads its own process group, and ends the group when that takes too long. */
export async function untilEnd(
  child: ChildProcess,
  command: string,
  {cwd, timeoutMs, endMs = END_MS, leaveNothing = false, signal}: RunLimits,
): Promise<RunResult> {
  const ended = new Promise<RunResult>(resolve => {
    child.once('error', error =>
      resolve({
        kind: 'not-started',
        text: notStarted(error, command, cwd),
        ...(isMissing(error, cwd) ? {missing: true} : {}),
      }),
    );
    child.once('exit', (code, name) =>
      resolve(
        name === null ? {kind: 'exited', code: code ?? 0} : {kind: 'signalled', signal: name},
      ),
    );
  });
  const leader = child.pid === undefined ? undefined : readProcess(child.pid);
  let interrupt: (result: RunResult) => void = () => undefined;
  const interrupted = new Promise<RunResult>(resolve => (interrupt = resolve));
  // After we stood still the timer comes before the news that the command ended long ago: the news is heard first.
  const timer = setTimeout(() => setImmediate(() => interrupt({kind: 'timed-out'})), timeoutMs);
  const abort = () => interrupt({kind: 'cancelled'});
  signal?.addEventListener('abort', abort);
  try {
    const result = await Promise.race([ended, interrupted]);
    if (leader && (result.kind === 'timed-out' || result.kind === 'cancelled')) {
      // What became another user (sudo) may not be ours to end: nobody waits for that.
      if ((await endGroup(leader, endMs)) !== 'still-there') await ended;
    } else if (leader && leaveNothing) {
      await endGroup(leader, endMs);
    }
    return result;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}
