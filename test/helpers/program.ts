import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {onCleanup} from './cleanup.ts';
import {makeHome} from './home.ts';
import {signal} from './processes.ts';
import {cli} from './root.ts';

export interface ProgramOptions {
  /** The whole environment; without it, that of a new empty home. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
}

export interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Runs the built agent2 over pipes to its end. Past `timeoutMs` it is killed and the promise rejects with what it wrote. */
export async function agent2(args: readonly string[], {input = '', timeoutMs = 20_000, ...options}: ProgramOptions & {readonly input?: string; readonly timeoutMs?: number} = {}): Promise<Ended> {
  const program = startAgent2(args, options);
  program.stdin.end(input);
  return withDeadline(program, program.ended, timeoutMs, 'did not end');
}

export interface RunningProgram {
  readonly pid: number;
  readonly stdin: NodeJS.WritableStream;
  readonly ended: Promise<Ended>;
  stdout(): string;
  stderr(): string;
  /** The first whole line of stdout or stderr that matches, written before or after the call. */
  waitForLine(wanted: string | RegExp, options?: {readonly deadlineMs?: number}): Promise<string>;
  /** Sends `name` (SIGTERM) and waits for the end; rejects when it takes longer than `deadlineMs`. */
  stop(name?: NodeJS.Signals, options?: {readonly deadlineMs?: number}): Promise<Ended>;
}

/** Starts the built agent2 over pipes; `cleanUp` ends it. */
export function startAgent2(args: readonly string[], {env = makeHome().env, cwd}: ProgramOptions = {}): RunningProgram {
  const child = spawn(cli, args, {env, cwd, stdio: 'pipe'});
  const out = {stdout: '', stderr: ''};
  const lookers = new Set<() => void>();
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', text => {
      out[stream] += text;
      lookers.forEach(look => look());
    });
  }
  // A program that ends before it has read its input closes the pipe under us.
  child.stdin.on('error', () => undefined);
  const ended = once(child, 'close').then(([code, name]) => ({...out, code, signal: name}) as Ended);
  const program: RunningProgram = {
    pid: child.pid ?? -1,
    stdin: child.stdin,
    ended,
    stdout: () => out.stdout,
    stderr: () => out.stderr,
    waitForLine(wanted, {deadlineMs = 10_000} = {}) {
      const line = new Promise<string>(resolve => {
        const look = () => {
          const found = [...wholeLines(out.stdout), ...wholeLines(out.stderr)].find(text => (typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text)));
          if (found === undefined) return;
          lookers.delete(look);
          resolve(found);
        };
        lookers.add(look);
        look();
      });
      const tooEarly = ended.then(({code}) => Promise.reject(new Error(`ended with ${code} before a line ${wanted}\n${out.stdout}${out.stderr}`)));
      return withDeadline(program, Promise.race([line, tooEarly]), deadlineMs, `wrote no line ${wanted}`, false);
    },
    stop(name = 'SIGTERM', {deadlineMs = 5_000} = {}) {
      signal(program.pid, name);
      return withDeadline(program, ended, deadlineMs, `did not stop on ${name}`);
    },
  };
  onCleanup(async () => {
    if (child.exitCode === null && child.signalCode === null) signal(program.pid, 'SIGKILL');
    // Whoever inherited the pipes must not keep the test waiting.
    child.stdout.destroy();
    child.stderr.destroy();
    await ended;
  });
  return program;
}

async function withDeadline<T>(program: RunningProgram, promise: Promise<T>, deadlineMs: number, what: string, kill = true): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      if (kill) signal(program.pid, 'SIGKILL');
      reject(new Error(`agent2 ${what} within ${deadlineMs} ms\n${program.stdout()}${program.stderr()}`));
    }, deadlineMs);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

function wholeLines(text: string): string[] {
  return text.split('\n').slice(0, -1);
}
