import type {Text} from '../../core/model/text.ts';
import {closeSync, fstatSync} from 'node:fs';
import type {ProcessIdentity} from '../../core/model/observation.ts';
import {message} from '../../core/text/message.ts';
import {lastErrorIn} from './child-error.ts';
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
import {deliver, endGroup, groupIsLeft} from '../process/group.ts';
import {errorText} from '../error-code.ts';
import {launch} from './launch.ts';
import {readProcess, sameProcess} from '../process/processes.ts';
import {stopProcess, type SignalResult} from '../process/terminate.ts';
import {programFile} from '../process/process-surroundings.ts';
import {closeInput, openEndlessInput} from './child-input.ts';
import {findDaemon, MARK, newMark, type Launcher} from './daemon.ts';

export interface ChildOptions {
  /** The program and its arguments; no shell sees them. */
  readonly argv: readonly [string, ...string[]];
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** The child writes stdout and stderr to it, of which about 1 MiB is kept; next to it are `.1`, the older part, and `.pid.json`, the record of the running child. */
  readonly logFile: string;
  /** The port that the service is to listen on, by which a daemon that the child leaves running is recognised. */
  readonly port?: number;
  /** Called at once when the child ended by itself: `exit code 1: Error: …`, `signal SIGKILL`. */
  readonly onExit: (text: Text) => void;
  /** Called when the child ended, and runs on in the background as the process that `identity` names from now on. */
  readonly onDaemon: () => void;
  /** The log or the record cannot be written. */
  readonly onProblem: (text: Text) => void;
}

/**
 * A long-running child of agent2, leader of its own process group. When it puts itself into the background (ends with 0 and leaves a daemon), that
 * daemon is the child. Calls do not overlap: wait for one before the next.
 */
export interface Child {
  /** Starts it, after ending leftovers of an earlier run in its group. */
  start(): Promise<StartResult>;
  /** Takes over, by its record, the running child that another agent2 process started and released; its disappearance is then its end. */
  adopt(): void;
  /** Sends SIGTERM to the group, SIGKILL after `stopTimeoutMs`; also ends survivors of a child that is gone. */
  stop(options?: {readonly stopTimeoutMs?: number}): Promise<SignalResult>;
  /** Ends a child that outlived an earlier monitor, by its record; undefined without one. */
  stopLeftover(options?: {readonly stopTimeoutMs?: number}): Promise<SignalResult | undefined>;
  /** Kills the child with its group now. */
  kill(): void;
  /** Rewrites a removed record. */
  renew(): void;
  /** It ended with 0, and agent2 looks for the daemon that it may have left. */
  isDaemonising(): boolean;
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
  port,
  onExit,
  onDaemon,
  onProblem,
}: ChildOptions): Child {
  const recordFile = recordOf(logFile);
  const log = openChildLog(logFile, onProblem);
  let running: Running | undefined;
  /** The last child, kept to end its group. */
  let last: Running | undefined;
  let exit: Text | undefined;
  let search: Promise<void> | undefined;

  async function start(): Promise<StartResult> {
    if (current())
      return {
        kind: 'not-started',
        text: message`${argv[0]} already runs as process ${running?.identity.pid ?? 0}`,
      };
    if (last) await endGroup(last.group, ORPHANS_MS);
    const mark = newMark();
    const input = await openEndlessInput(`${logFile}.stdin`);
    const output = log.open();
    const writtenBefore = output === undefined ? 0 : fstatSync(output).size;
    const child = await launch(argv, {cwd, env: {...env, [MARK]: mark}}, input, output);
    closeInput(input);
    if (output !== undefined) closeSync(output);
    if ('text' in child) return {kind: 'not-started', text: child.text};
    const {identity} = child;
    const mine: Running = {identity, group: identity, adopted: false, stopping: false};
    const launcher = {...identity, mark, exe: programFile(identity.pid), port};
    const startedAt = performance.now();
    running = mine;
    last = mine;
    exit = undefined;
    if (output !== undefined) log.follow();
    keepRecord(() => rememberChild(recordFile, identity));
    child.process.once('exit', (code, name) => {
      // Ignores a late event of the previous child.
      const isLast = running === mine;
      if (isLast) running = undefined;
      if (mine.stopping) return;
      if (code === 0 && isLast && performance.now() - startedAt < LAUNCH_MS)
        return void (search = followDaemon(launcher, startedAt).finally(
          () => (search = undefined),
        ));
      const how = name === null ? message`exit code ${String(code)}` : message`signal ${name}`;
      const error = code === 0 ? undefined : lastErrorIn(logFile, writtenBefore);
      ended(error === undefined ? how : message`${how}: ${error}`);
    });
    return {kind: 'started', identity};
  }

  function ended(text: Text): void {
    exit = text;
    onExit(text);
  }

  /** Never rejects. */
  async function followDaemon(launcher: Launcher, startedAt: number): Promise<void> {
    const livedMs = performance.now() - startedAt;
    const daemon = await findDaemon(launcher).catch((error: unknown) => {
      onProblem(
        message`agent2 cannot see whether ${argv[0]} runs on in the background: ${errorText(error)}`,
      );
      return undefined;
    });
    if (!daemon)
      return ended(
        livedMs < SHORT_MS
          ? message`exit code 0 (a command that agent2 starts must stay in the foreground)`
          : message`exit code 0`,
      );
    running = adoptedAs(daemon);
    last = running;
    keepRecord(() => rememberChild(recordFile, daemon));
    onProblem(
      message`${argv[0]} put itself into the background, where agent2 watches it but learns less about its end; give it the option that keeps it in the foreground (nginx -g 'daemon off;', redis-server --daemonize no), or watch it by --pid-file`,
    );
    onDaemon();
  }

  function adopt(): void {
    const identity = recallChild(recordFile);
    exit = identity ? undefined : UNSEEN;
    if (!identity) return;
    running = adoptedAs(identity);
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
    // A daemon that is not known yet would outlive this stop.
    await search;
    if (!last) return {kind: 'absent', text: message`${argv[0]} was not running`};
    if (running) running.stopping = true;
    const result = await endChild(last, stopTimeoutMs);
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
    kill() {
      const child = current();
      if (child && groupIsLeft(child.group)) deliver(-child.group.pid, 'SIGKILL');
    },
    isDaemonising: () => search !== undefined,
    renew,
    identity: () => current()?.identity,
    exit: () => exit,
  };
}

interface Running {
  readonly identity: ProcessIdentity;
  /** The leader of its process group, which of a daemon may have ended. */
  readonly group: ProcessIdentity;
  readonly adopted: boolean;
  stopping: boolean;
}

/** A child that another process started, or one that is a daemon now: its parent is not agent2. */
function adoptedAs(identity: ProcessIdentity): Running {
  const pgid = readProcess(identity.pid)?.pgid ?? identity.pid;
  // An ended leader has no start time. A living one other than the daemon itself is somebody else's.
  const group = pgid === identity.pid ? identity : {pid: pgid, startKey: ''};
  return {identity, group, adopted: true, stopping: false};
}

/** The longest time of a command that starts a daemon. What a service leaves that ran for longer are orphans. */
const LAUNCH_MS = 30_000;
/** Within this time an exit with 0 looks like that of a command that does not stay. */
const SHORT_MS = 10_000;

/** Counts a zombie as ended, even if its new parent has not reaped it. */
function isAlive(identity: ProcessIdentity): boolean {
  const info = sameProcess(identity);
  return info !== undefined && info.state !== 'zombie';
}

/** Only a parent learns how a process ended. */
const UNSEEN = message`an unknown exit code`;

async function endChild({identity, group}: Running, stopTimeoutMs: number): Promise<SignalResult> {
  const startedAt = performance.now();
  const ended = await endGroup(group, stopTimeoutMs);
  const {pid} = identity;
  // A daemon in a group that another process leads.
  if (ended === 'none' && isAlive(identity))
    return stopProcess(identity, {stopTimeoutMs, group: false});
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
