import {spawn, type ChildProcess} from 'node:child_process';
import type {ProcessIdentity} from '../core/observation.ts';
import {openBoundedLog} from './bounded-log.ts';
import {forgetChild, rememberChild} from './child-record.ts';
import {elapsed} from './elapsed.ts';
import {endGroup} from './end-group.ts';
import {errorText} from './error-code.ts';
import {notStarted} from './not-started.ts';
import {endLeftover, ORPHANS_MS, recordOf} from './leftover-child.ts';
import {readProcess} from './processes.ts';
import type {SignalResult} from './terminate.ts';

export interface ChildOptions {
  /** The program and its arguments; no shell sees them. */
  readonly argv: readonly [string, ...string[]];
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Gets stdout and stderr, at most 1 MiB; beside it lie `.1`, the older part, and `.pid.json`, the record of the running child. */
  readonly logFile: string;
  /** Told at once when the child ended and we did not end it: `exit code 1`, `signal SIGKILL`. */
  readonly onExit: (text: string) => void;
  /** The log or the record cannot be written. */
  readonly onTrouble: (text: string) => void;
}

/** A long-running child of our own, leader of its own process group. Calls do not overlap: wait for one before the next. */
export interface Child {
  /** Starts it, after ending what an earlier run of it left in its group. */
  start(): Promise<StartResult>;
  /** SIGTERM to the group, SIGKILL after `stopTimeoutMs`; also ends what outlived a child that is gone. */
  stop(options?: {readonly stopTimeoutMs?: number}): Promise<SignalResult>;
  /** Ends a child that outlived an earlier monitor, by its record; undefined when there was none. */
  stopLeftover(options?: {readonly stopTimeoutMs?: number}): Promise<SignalResult | undefined>;
  /** Makes record and log anew, after somebody removed them. */
  renew(): void;
  /** The running child; once it ended, undefined. */
  identity(): ProcessIdentity | undefined;
  /** How the last one ended, unless we ended it. */
  exit(): string | undefined;
}

export type StartResult = {readonly kind: 'started'; readonly identity: ProcessIdentity} | {readonly kind: 'not-started'; readonly text: string};

const STOP_MS = 10_000;

export function createChild({argv, env = process.env, cwd, logFile, onExit, onTrouble}: ChildOptions): Child {
  const recordFile = recordOf(logFile);
  const log = openBoundedLog(logFile, onTrouble);
  let running: Running | undefined;
  /** The last child, kept for the sake of its group. */
  let last: Running | undefined;
  let exit: string | undefined;

  async function start(): Promise<StartResult> {
    if (running) return {kind: 'not-started', text: `${argv[0]} already runs as process ${running.identity.pid}`};
    if (last) {
      await endGroup(last.identity, ORPHANS_MS);
      letGo(last.process);
    }
    const child = await launch(argv, {cwd, env});
    if ('text' in child) return {kind: 'not-started', text: child.text};
    const mine: Running = {identity: child.identity, process: child.process, stopping: false};
    running = mine;
    last = mine;
    exit = undefined;
    for (const stream of [child.process.stdout, child.process.stderr]) {
      stream?.on('data', chunk => log.write(chunk));
      stream?.on('error', error => onTrouble(`output of ${argv[0]} is lost: ${error.message}`));
    }
    keepRecord(() => rememberChild(recordFile, child.identity));
    child.process.once('exit', (code, name) => {
      // A late word of the one before must not be taken for the end of this one.
      if (running === mine) running = undefined;
      if (mine.stopping) return;
      exit = name === null ? `exit code ${code}` : `signal ${name}`;
      onExit(exit);
    });
    return {kind: 'started', identity: child.identity};
  }

  async function stop({stopTimeoutMs = STOP_MS} = {}): Promise<SignalResult> {
    if (!last) return {kind: 'absent', text: `${argv[0]} was not running`};
    if (running) running.stopping = true;
    const result = await endChild(last.identity, stopTimeoutMs);
    if (result.kind === 'failed') return result;
    letGo(last.process);
    running = undefined;
    last = undefined;
    log.close();
    keepRecord(() => forgetChild(recordFile));
    return result;
  }

  async function stopLeftover({stopTimeoutMs = STOP_MS} = {}): Promise<SignalResult | undefined> {
    return running ? undefined : endLeftover(recordFile, stopTimeoutMs);
  }

  function keepRecord(write: () => void): void {
    try {
      write();
    } catch (error) {
      onTrouble(`${recordFile} cannot be written: ${errorText(error)}`);
    }
  }

  function renew(): void {
    log.close();
    const identity = running?.identity;
    if (identity) keepRecord(() => rememberChild(recordFile, identity));
  }

  return {start, stop, stopLeftover, renew, identity: () => running?.identity, exit: () => exit};
}

interface Running {
  readonly identity: ProcessIdentity;
  readonly process: ChildProcess;
  stopping: boolean;
}

/** Grandchildren that left the group may hold the pipes; they shall not hold us. */
function letGo(child: ChildProcess): void {
  child.stdout?.destroy();
  child.stderr?.destroy();
}

type Launch = {readonly identity: ProcessIdentity; readonly process: ChildProcess} | {readonly text: string};

function launch([command, ...rest]: readonly [string, ...string[]], {cwd, env}: Pick<ChildOptions, 'cwd' | 'env'>): Promise<Launch> {
  return new Promise(resolve => {
    try {
      const child = spawn(command, rest, {cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe']});
      const info = child.pid === undefined ? undefined : readProcess(child.pid);
      child.once('error', error => resolve({text: notStarted(error, command, cwd)}));
      if (info) resolve({identity: {pid: info.pid, startKey: info.startKey}, process: child});
      else if (child.pid !== undefined) resolve({text: `${command} ended before it could be seen`});
    } catch (error) {
      // spawn throws for what can never be a command, like a NUL in it.
      resolve({text: errorText(error)});
    }
  });
}

async function endChild(identity: ProcessIdentity, stopTimeoutMs: number): Promise<SignalResult> {
  const startedAt = performance.now();
  const ended = await endGroup(identity, stopTimeoutMs);
  const {pid} = identity;
  if (ended === 'none') return {kind: 'absent', text: `process ${pid} was not there`};
  if (ended === 'still-there') return {kind: 'failed', text: `process ${pid} or one of its group is still there after SIGKILL`};
  return {kind: 'done', text: `stopped by ${ended} in ${elapsed(performance.now() - startedAt)}`};
}
