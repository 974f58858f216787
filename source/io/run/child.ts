import type {Text} from '../../core/model/text.ts';
import {spawn, type ChildProcess} from 'node:child_process';
import {closeSync} from 'node:fs';
import type {ProcessIdentity} from '../../core/model/observation.ts';
import {message} from '../../core/text/message.ts';
import {openChildLog} from './child-log.ts';
import {
  endLeftover,
  forgetChild,
  ORPHANS_MS,
  recallChild,
  recordOf,
  rememberChild,
} from './leftover-child.ts';
import {elapsed} from '../../format/elapsed.ts';
import {endGroup} from '../process/group.ts';
import {errorText} from '../error-code.ts';
import {notStarted} from './not-started.ts';
import {readProcess, sameProcess} from '../process/processes.ts';
import type {SignalResult} from '../process/terminate.ts';

export interface ChildOptions {
  /** The program and its arguments; no shell sees them. */
  readonly argv: readonly [string, ...string[]];
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** The child writes stdout and stderr to it, of which about 1 MiB is kept; next to it are `.1`, the older part, and `.pid.json`, the record of the running child. */
  readonly logFile: string;
  /** Called at once when the child ended by itself: `exit code 1`, `signal SIGKILL`. */
  readonly onExit: (text: Text) => void;
  /** The log or the record cannot be written. */
  readonly onProblem: (text: Text) => void;
}

/** A long-running child of agent2, leader of its own process group. Calls do not overlap: wait for one before the next. */
export interface Child {
  /** Starts it, after ending leftovers of an earlier run in its group. */
  start(): Promise<StartResult>;
  /** Takes over, by its record, the running child that another agent2 process started and released; its disappearance is then its end. */
  adopt(): void;
  /** Sends SIGTERM to the group, SIGKILL after `stopTimeoutMs`; also ends survivors of a child that is gone. */
  stop(options?: {readonly stopTimeoutMs?: number}): Promise<SignalResult>;
  /** Ends a child that outlived an earlier monitor, by its record; undefined without one. */
  stopLeftover(options?: {readonly stopTimeoutMs?: number}): Promise<SignalResult | undefined>;
  /** Rewrites a removed record. */
  renew(): void;
  /** The running child; undefined after its end. */
  identity(): ProcessIdentity | undefined;
  /** How the last one ended by itself. */
  exit(): Text | undefined;
}

type StartResult =
  | {readonly kind: 'started'; readonly identity: ProcessIdentity}
  | {readonly kind: 'not-started'; readonly text: Text};

const STOP_MS = 10_000;

export function createChild({
  argv,
  env = process.env,
  cwd,
  logFile,
  onExit,
  onProblem,
}: ChildOptions): Child {
  const recordFile = recordOf(logFile);
  const log = openChildLog(logFile, onProblem);
  let running: Running | undefined;
  /** The last child, kept to end its group. */
  let last: Running | undefined;
  let exit: Text | undefined;

  async function start(): Promise<StartResult> {
    if (current())
      return {
        kind: 'not-started',
        text: message`${argv[0]} already runs as process ${running?.identity.pid ?? 0}`,
      };
    if (last) await endGroup(last.identity, ORPHANS_MS);
    const output = log.open();
    const child = await launch(argv, {cwd, env}, output);
    if (output !== undefined) closeSync(output);
    if ('text' in child) return {kind: 'not-started', text: child.text};
    const mine: Running = {identity: child.identity, adopted: false, stopping: false};
    running = mine;
    last = mine;
    exit = undefined;
    if (output !== undefined) log.follow();
    keepRecord(() => rememberChild(recordFile, child.identity));
    child.process.once('exit', (code, name) => {
      // Ignores a late event of the previous child.
      if (running === mine) running = undefined;
      if (mine.stopping) return;
      exit = name === null ? message`exit code ${String(code)}` : message`signal ${name}`;
      onExit(exit);
    });
    return {kind: 'started', identity: child.identity};
  }

  function adopt(): void {
    const identity = recallChild(recordFile);
    exit = identity ? undefined : UNSEEN;
    if (!identity) return;
    running = {identity, adopted: true, stopping: false};
    last = running;
    log.follow();
  }

  /** The system reports no end of a child that another process started. */
  function current(): Running | undefined {
    if (running?.adopted && !isAlive(running.identity)) {
      running = undefined;
      exit = UNSEEN;
    }
    return running;
  }

  async function stop({stopTimeoutMs = STOP_MS} = {}): Promise<SignalResult> {
    if (!last) return {kind: 'absent', text: message`${argv[0]} was not running`};
    if (running) running.stopping = true;
    const result = await endChild(last.identity, stopTimeoutMs);
    if (result.kind === 'failed') return result;
    running = undefined;
    last = undefined;
    log.close();
    keepRecord(() => forgetChild(recordFile));
    return result;
  }

  async function stopLeftover({stopTimeoutMs = STOP_MS} = {}): Promise<SignalResult | undefined> {
    return current() ? undefined : endLeftover(recordFile, stopTimeoutMs);
  }

  function keepRecord(write: () => void): void {
    try {
      write();
    } catch (error) {
      onProblem(message`${recordFile} cannot be written: ${errorText(error)}`);
    }
  }

  /** The child holds the removed file: its output is lost until the next start. */
  function renew(): void {
    const identity = current()?.identity;
    if (identity) keepRecord(() => rememberChild(recordFile, identity));
  }

  return {
    start,
    adopt,
    stop,
    stopLeftover,
    renew,
    identity: () => current()?.identity,
    exit: () => exit,
  };
}

interface Running {
  readonly identity: ProcessIdentity;
  readonly adopted: boolean;
  stopping: boolean;
}

/** Counts a zombie as ended, even if its new parent has not reaped it. */
function isAlive(identity: ProcessIdentity): boolean {
  const info = sameProcess(identity);
  return info !== undefined && info.state !== 'zombie';
}

/** Only a parent learns how a process ended. */
const UNSEEN = message`an unknown exit code`;

type Launch =
  {readonly identity: ProcessIdentity; readonly process: ChildProcess} | {readonly text: Text};

function launch(
  [command, ...rest]: readonly [string, ...string[]],
  {cwd, env}: Pick<ChildOptions, 'cwd' | 'env'>,
  output: number | undefined,
): Promise<Launch> {
  return new Promise(resolve => {
    try {
      const child = spawn(command, rest, {
        cwd,
        env,
        detached: true,
        stdio: ['ignore', output ?? 'ignore', output ?? 'ignore'],
      });
      const info = child.pid === undefined ? undefined : readProcess(child.pid);
      child.once('error', error => resolve({text: notStarted(error, command, cwd)}));
      if (info) resolve({identity: {pid: info.pid, startKey: info.startKey}, process: child});
      else if (child.pid !== undefined)
        resolve({text: message`${command} ended before agent2 saw it`});
    } catch (error) {
      // spawn throws for an impossible command, like one with a NUL.
      resolve({text: errorText(error)});
    }
  });
}

async function endChild(identity: ProcessIdentity, stopTimeoutMs: number): Promise<SignalResult> {
  const startedAt = performance.now();
  const ended = await endGroup(identity, stopTimeoutMs);
  const {pid} = identity;
  if (ended === 'none') return {kind: 'absent', text: message`process ${pid} did not exist`};
  if (ended === 'still-there')
    return {
      kind: 'failed',
      text: message`process ${pid} or one of its group still runs after SIGKILL`,
    };
  return {
    kind: 'done',
    text: message`stopped by ${ended} in ${elapsed(performance.now() - startedAt)}`,
  };
}
