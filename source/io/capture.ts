import {spawn, type ChildProcessByStdio} from 'node:child_process';
import type {Readable} from 'node:stream';
import {setTimeout as pause} from 'node:timers/promises';
import {sanitizeBlock} from '../format/sanitize.ts';
import {errorText} from './error-code.ts';
import {untilEnd, type RunResult} from './run-command.ts';

export interface CaptureRequest {
  /** The program and its arguments; no shell sees them. */
  readonly argv: readonly [string, ...string[]];
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly timeoutMs: number;
  /** Of each of stdout and stderr; what comes after is read and dropped. */
  readonly maxBytes?: number;
  readonly signal?: AbortSignal;
}

/** What a command said: several lines, sanitised. */
export type Captured = Exclude<RunResult, {readonly kind: 'cancelled'}> & {readonly stdout: string; readonly stderr: string};

const MAX_BYTES = 65_536;
/** Something that a command left in the background may hold its output open: so long is waited for the rest after its exit. */
const DRAIN_MS = 200;
const END_MS = 500;

/**
 * Runs a command that looks at something, in a process group of its own, and keeps what it says. One that takes longer than `timeoutMs` is ended with its whole
 * group. Rejects only with the reason of `signal`, after the group has ended.
 */
export async function capture({argv, env = process.env, cwd, timeoutMs, maxBytes = MAX_BYTES, signal}: CaptureRequest): Promise<Captured> {
  signal?.throwIfAborted();
  const [command, ...rest] = argv;
  let child: ChildProcessByStdio<null, Readable, Readable>;
  try {
    child = spawn(command, rest, {cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe']});
  } catch (error) {
    // For what can never be a command, like a NUL in it.
    return {kind: 'not-started', text: errorText(error), stdout: '', stderr: ''};
  }
  const [stdout, stderr] = [keep(child.stdout, maxBytes), keep(child.stderr, maxBytes)];
  const result = await untilEnd(child, command, {cwd, timeoutMs, endMs: END_MS, signal});
  await Promise.race([Promise.all([stdout.ended, stderr.ended]), pause(DRAIN_MS, undefined, {ref: false})]);
  child.stdout.destroy();
  child.stderr.destroy();
  if (result.kind === 'cancelled') throw signal?.reason;
  return {...result, stdout: stdout.text(), stderr: stderr.text()};
}

function keep(stream: Readable, maxBytes: number): {readonly ended: Promise<void>; text(): string} {
  const chunks: Buffer[] = [];
  let size = 0;
  const ended = new Promise<void>(resolve => {
    stream.on('data', (chunk: Buffer) => {
      if (size < maxBytes) chunks.push(chunk.subarray(0, maxBytes - size));
      size += chunk.length;
    });
    stream.once('close', resolve);
    stream.once('error', () => resolve());
  });
  return {ended, text: () => sanitizeBlock(Buffer.concat(chunks).toString('utf8'), maxBytes)};
}
