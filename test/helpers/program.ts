import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {onCleanup} from './cleanup.ts';
import {makeHome} from './home.ts';
import {doing, signal} from './processes.ts';
import {cli} from './root.ts';
import {PATIENCE_MS, within} from './until.ts';

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
export async function agent2(
  args: readonly string[],
  {
    input = '',
    timeoutMs = PATIENCE_MS,
    ...options
  }: ProgramOptions & {readonly input?: string; readonly timeoutMs?: number} = {},
): Promise<Ended> {
  const program = startAgent2(args, options);
  program.stdin.end(input);
  return program.end({deadlineMs: timeoutMs});
}

export interface RunningProgram {
  readonly pid: number;
  readonly stdin: NodeJS.WritableStream;
  stdout(): string;
  stderr(): string;
  /** The first whole line of stdout or stderr that matches, written before or after the call. */
  waitForLine(wanted: string | RegExp, options?: {readonly deadlineMs?: number}): Promise<string>;
  /** Waits for its end; one that does not come within `deadlineMs` is made by SIGKILL, and the promise rejects with what the program was doing. */
  end(options?: {readonly deadlineMs?: number}): Promise<Ended>;
  /** Sends `name` (SIGTERM) and does the same. */
  stop(name?: NodeJS.Signals, options?: {readonly deadlineMs?: number}): Promise<Ended>;
}

/** Starts the built agent2 over pipes; `cleanUp` ends it. */
export function startAgent2(
  args: readonly string[],
  {env = makeHome().env, cwd}: ProgramOptions = {},
): RunningProgram {
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
  const ended = once(child, 'close').then(([code, name]) => ({...out, code, signal: name}));
  const describe = () => `${doing(program.pid)}\n${out.stdout}${out.stderr}`;
  const endWithin = (what: string, {deadlineMs}: {readonly deadlineMs?: number} = {}) =>
    within(what, ended, {
      deadlineMs,
      describe() {
        const text = describe();
        signal(program.pid, 'SIGKILL');
        return text;
      },
    });
  const program: RunningProgram = {
    pid: child.pid ?? -1,
    stdin: child.stdin,
    stdout: () => out.stdout,
    stderr: () => out.stderr,
    waitForLine(wanted, {deadlineMs = PATIENCE_MS} = {}) {
      const line = new Promise<string>(resolve => {
        const look = () => {
          const found = [...wholeLines(out.stdout), ...wholeLines(out.stderr)].find(text =>
            typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text),
          );
          if (found === undefined) return;
          lookers.delete(look);
          resolve(found);
        };
        lookers.add(look);
        look();
      });
      const tooEarly = ended.then(({code}) =>
        Promise.reject(
          new Error(`ended with ${code} before a line ${wanted}\n${out.stdout}${out.stderr}`),
        ),
      );
      return within(`agent2 writes a line ${wanted}`, Promise.race([line, tooEarly]), {
        deadlineMs,
        describe,
      });
    },
    end: options => endWithin('agent2 ends', options),
    stop(name = 'SIGTERM', options) {
      signal(program.pid, name);
      return endWithin(`agent2 ends on ${name}`, options);
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

function wholeLines(text: string): string[] {
  return text.split('\n').slice(0, -1);
}
