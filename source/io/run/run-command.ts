import {onAbort} from '../../contracts/abort.ts';
import type {Text} from '../../core/model/text.ts';
import {spawn, type ChildProcess} from 'node:child_process';
import {sanitize, sanitizeBlock} from '../../format/sanitize.ts';
import {isMissing, notStarted} from './not-started.ts';
import {dirname} from 'node:path';
import {takesFiles} from '../files/takes-files.ts';
import {openOutputFile, type Hide} from './output-file.ts';
import {startTurn} from './start-turn.ts';
import {readProcess} from '../process/processes.ts';
import {endGroup} from '../process/group.ts';

export interface RunRequest {
  /** The program and its arguments; no shell sees them. */
  readonly argv: readonly [string, ...string[]];
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly timeoutMs?: number;
  /** Receives stdout and stderr, of which the last 64 KiB stay. A file, not a pipe: processes that the command leaves running must be able to write on. */
  readonly outputFile: string;
  /** Removes secrets from the output, in the file too. */
  readonly hide: Hide;
  /** Appends to the file instead of emptying it. */
  readonly append?: boolean;
  readonly signal?: AbortSignal;
}

/** `output` is the command's output, at most its last 64 KiB, and `lastLine` the end of it; both sanitised. */
export type RunResult = {readonly output?: string; readonly lastLine?: string} & (
  | {readonly kind: 'exited'; readonly code: number}
  | {readonly kind: 'signalled'; readonly signal: NodeJS.Signals}
  | {readonly kind: 'timed-out'}
  /** `signal` was aborted: the command and its group were ended. */
  | {readonly kind: 'cancelled'}
  /** `missing`: there is no such command. */
  | {readonly kind: 'not-started'; readonly text: Text; readonly missing?: true}
);

/** The time that the group of a timed-out command has to end. */
const END_MS = 2_000;

/**
 * Runs a command in its own process group until it exits; its background processes run on. After `timeoutMs`
 * it ends the whole group. Failures of the command never reject.
 */
export async function runCommand({
  argv,
  env = process.env,
  cwd,
  timeoutMs = 30_000,
  outputFile,
  hide,
  append = false,
  signal,
}: RunRequest): Promise<RunResult> {
  if (signal?.aborted) return {kind: 'cancelled'};
  const isTaken = await takesFiles(dirname(outputFile));
  await startTurn();
  if (signal?.aborted) return {kind: 'cancelled'};
  const file = isTaken ? openOutputFile(outputFile, append, hide) : undefined;
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
    // spawn throws for an impossible command, like one with a NUL.
    return {kind: 'not-started', text: notStarted(error, argv[0], cwd)};
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
  /** The time from SIGTERM to SIGKILL for a timed-out group. */
  readonly endMs?: number;
  /** Ends the whole group with the command: a repeated command would otherwise leave another process behind each time. */
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
  // After a stall the timer fires before the exit event of a command that ended long ago: reads the exit event first.
  const timer = setTimeout(() => setImmediate(() => interrupt({kind: 'timed-out'})), timeoutMs);
  const stopListening = onAbort(signal, () => interrupt({kind: 'cancelled'}));
  try {
    const result = await Promise.race([ended, interrupted]);
    if (leader && (result.kind === 'timed-out' || result.kind === 'cancelled')) {
      // A process that became another user's (sudo) may not be signalled: does not wait for it.
      if ((await endGroup(leader, endMs)) !== 'still-there') await ended;
    } else if (leader && leaveNothing) {
      await endGroup(leader, endMs);
    }
    return result;
  } finally {
    clearTimeout(timer);
    stopListening();
  }
}
