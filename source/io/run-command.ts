import {spawn, type ChildProcess} from 'node:child_process';
import {closeSync, constants, openSync} from 'node:fs';
import {errorText} from './error-code.ts';
import {notStarted} from './not-started.ts';
import {readProcess} from './processes.ts';
import {endGroup} from './end-group.ts';
import {lastLine} from './tail.ts';

export interface RunRequest {
  /** The program and its arguments; no shell sees them. */
  readonly argv: readonly [string, ...string[]];
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly timeoutMs?: number;
  /** Gets stdout and stderr, beginning anew. A file, not a pipe: what the command leaves running must be able to write on. */
  readonly outputFile: string;
  readonly signal?: AbortSignal;
}

/** `lastLine` is the last thing the command said, sanitised. */
export type RunResult = {readonly lastLine?: string} & (
  | {readonly kind: 'exited'; readonly code: number}
  | {readonly kind: 'signalled'; readonly signal: NodeJS.Signals}
  | {readonly kind: 'timed-out'}
  /** `signal` was aborted: the command and its group were ended. */
  | {readonly kind: 'cancelled'}
  | {readonly kind: 'not-started'; readonly text: string}
);

/** How long the group of a command that took too long may take to end. */
const END_MS = 2_000;

/**
 * Runs a command in a process group of its own until it exits; what it left in the background runs on. A command that takes
 * longer than `timeoutMs` is ended with its whole group. Never rejects for trouble of the command.
 */
export async function runCommand({argv, env = process.env, cwd, timeoutMs = 30_000, outputFile, signal}: RunRequest): Promise<RunResult> {
  if (signal?.aborted) return {kind: 'cancelled'};
  let output: number | 'ignore';
  try {
    output = openSync(outputFile, constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_APPEND, 0o644);
  } catch {
    // A full or missing directory costs what the command says, never the repair.
    output = 'ignore';
  }
  try {
    const [command, ...rest] = argv;
    const child = spawn(command, rest, {cwd, env, detached: true, stdio: ['ignore', output, output]});
    return {...(await untilEnd(child, command, {cwd, timeoutMs, signal})), lastLine: output === 'ignore' ? undefined : lastLine(outputFile)};
  } catch (error) {
    // spawn throws for what can never be a command, like a NUL in it.
    return {kind: 'not-started', text: errorText(error)};
  } finally {
    if (output !== 'ignore') closeSync(output);
  }
}

interface Limits {
  readonly cwd?: string;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

async function untilEnd(child: ChildProcess, command: string, {cwd, timeoutMs, signal}: Limits): Promise<RunResult> {
  const ended = new Promise<RunResult>(resolve => {
    child.once('error', error => resolve({kind: 'not-started', text: notStarted(error, command, cwd)}));
    child.once('exit', (code, name) => resolve(name === null ? {kind: 'exited', code: code ?? 0} : {kind: 'signalled', signal: name}));
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
      if ((await endGroup(leader, END_MS)) !== 'still-there') await ended;
    }
    return result;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}
