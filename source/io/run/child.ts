import {startTurn} from './start-turn.ts';
import {takesFiles} from '../files/takes-files.ts';
import {dirname} from 'node:path';
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
import {distrustNaming} from '../process/named-by-file.ts';
import {deliver, endGroup, groupIsLeft} from '../process/group.ts';
import {errorText} from '../error-code.ts';
import {faultOfFile} from '../files/file-error.ts';
import {launch} from './launch.ts';
import {belongsTo, describeProcess, readProcess, sameProcess} from '../process/processes.ts';
import {identityIn} from '../process/identity.ts';
import type {RecordedChild} from '../../documents/child-record.ts';
import {stopProcess, type SignalResult} from '../process/terminate.ts';
import {programFile} from '../process/process-surroundings.ts';
import {closeInput, openEndlessInput} from './child-input.ts';
import {
  MARK,
  newMark,
  searchDaemon,
  type Daemon,
  type DaemonSearch,
  type Launcher,
} from './daemon.ts';

export interface ChildOptions {
  /** The program and its arguments; no shell sees them. */
  readonly argv: readonly [string, ...string[]];
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** The child writes stdout and stderr to it, of which about 1 MiB is kept; next to it are `.1`, the older part, and `.pid.json`, the record of the running child. */
  readonly logFile: string;
  /** The port that the service is to listen on, by which a daemon that the child leaves running is recognised. */
  readonly port?: number;
  /** How long after its start a daemon may take to open that port, in ms. */
  readonly startGraceMs?: number;
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
  /**
   * The target answers right by this process, which did not hold the port before the start. While agent2 looks for a daemon this is it; `stop` leaves
   * it alone unless the command started it.
   */
  servedBy(pid: number): void;
  /** The running child; undefined after its end. */
  identity(): ProcessIdentity | undefined;
  /** The last one, running or not; undefined before the first. */
  lastPid(): number | undefined;
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
  startGraceMs = 0,
  onExit,
  onDaemon,
  onProblem,
}: ChildOptions): Child {
  const recordFile = recordOf(logFile);
  const log = openChildLog(logFile, onProblem);
  let running: Running | undefined;
  /** The last child, kept to end its group. */
  let last: Running | undefined;
  let lastPid: number | undefined;
  let exit: Text | undefined;
  let stopping = false;
  let search: (DaemonSearch & {readonly done: Promise<void>}) | undefined;

  async function start(): Promise<StartResult> {
    if (current())
      return {
        kind: 'not-started',
        text: message`${argv[0]} already runs as process ${running?.identity.pid ?? 0}`,
      };
    if (last) await endGroup(last.group, ORPHANS_MS);
    const mark = newMark();
    const input = await openEndlessInput(`${logFile}.stdin`);
    const isTaken = await takesFiles(dirname(logFile));
    await startTurn();
    const output = isTaken ? log.open() : undefined;
    const writtenBefore = output === undefined ? 0 : fstatSync(output).size;
    const child = await launch(argv, {cwd, env: {...env, [MARK]: mark}}, input, output);
    closeInput(input);
    if (output !== undefined) closeSync(output);
    if ('text' in child) return {kind: 'not-started', text: child.text};
    const {identity} = child;
    const mine: Running = {
      identity,
      group: identity,
      adopted: false,
      serves: false,
      stopping: false,
      ours: true,
    };
    const launcher = {...identity, mark, exe: programFile(identity.pid), port};
    const startedAt = performance.now();
    running = mine;
    last = mine;
    lastPid = identity.pid;
    exit = undefined;
    if (output !== undefined) log.follow();
    keepRecord(() => rememberChild(recordFile, mine));
    child.process.once('exit', (code, name) => {
      // Ignores a late event of the previous child.
      const isLast = running === mine;
      if (isLast) running = undefined;
      if (mine.stopping) return;
      const livedMs = performance.now() - startedAt;
      if (code === 0 && isLast && livedMs < Math.max(LAUNCH_MS, startGraceMs))
        // One that served itself was no launcher.
        return followDaemon(launcher, livedMs, mine.serves ? 0 : startGraceMs - livedMs);
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

  function followDaemon(launcher: Launcher, livedMs: number, graceMs: number): void {
    const started = searchDaemon(launcher, graceMs);
    const done = started.found
      .catch((error: unknown) => {
        onProblem(
          message`agent2 cannot see whether ${argv[0]} runs on in the background: ${errorText(error)}`,
        );
        return undefined;
      })
      .then(daemon => {
        search = undefined;
        if (daemon) return take(daemon);
        if (stopping) return;
        ended(
          livedMs < SHORT_MS
            ? message`exit code 0 (a command that agent2 starts must stay in the foreground)`
            : message`exit code 0`,
        );
      });
    search = {...started, done};
  }

  function take({info, ours}: Daemon): void {
    running = adoptedAs({identity: identityIn(info), ours});
    lastPid = info.pid;
    // The group that the command led, and what is left in it, is not that of a process of somebody else.
    if (ours) last = running;
    keepRecord(() => rememberChild(recordFile, {identity: identityIn(info), ours}));
    onProblem(
      ours
        ? message`${argv[0]} put itself into the background, where agent2 watches it but learns less about its end; give it the option that keeps it in the foreground (nginx -g 'daemon off;', redis-server --daemonize no), or watch it by --pid-file`
        : message`${argv[0]} ended with exit code 0, and process ${info.pid} (${describeProcess(info.pid)?.command ?? info.name}) serves in its place: agent2 watches that one, but does not end it, since nothing shows that ${argv[0]} started it`,
    );
    onDaemon();
  }

  function adopt(): void {
    const recorded = recallChild(recordFile);
    exit = recorded ? undefined : UNSEEN;
    if (!recorded) return;
    const isProven = distrustNaming(recordFile, recorded.identity.pid) === undefined;
    running = adoptedAs({...recorded, ours: recorded.ours && isProven});
    lastPid = recorded.identity.pid;
    if (recorded.ours && isProven) last = running;
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
    stopping = true;
    // A daemon that is not known yet would outlive this stop.
    search?.end();
    await search?.done;
    stopping = false;
    const stranger = current();
    if (stranger && !stranger.ours) return {kind: 'failed', text: notEnded(stranger.identity)};
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
      onProblem(message`${recordFile} cannot be written: ${faultOfFile(recordFile, error)}`);
    }
  }

  /** The child holds the removed file: its output is lost until the next start. */
  function renew(): void {
    const child = current();
    if (child) keepRecord(() => rememberChild(recordFile, child));
  }

  return {
    start,
    adopt,
    stop,
    stopLeftover,
    kill() {
      const child = current();
      if (child?.ours && groupIsLeft(child.group)) deliver(-child.group.pid, 'SIGKILL');
    },
    isDaemonising: () => search !== undefined,
    servedBy(pid) {
      if (search) search.serves(pid);
      else if (running && belongsTo(pid, running.identity.pid)) running.serves = true;
    },
    renew,
    identity: () => current()?.identity,
    lastPid: () => lastPid,
    exit: () => exit,
  };
}

interface Running {
  readonly identity: ProcessIdentity;
  /** The leader of its process group, which of a daemon may have ended. */
  readonly group: ProcessIdentity;
  readonly adopted: boolean;
  /** agent2's command started it, so agent2 may end it. */
  readonly ours: boolean;
  /** The target answered right by it, or by one of its family. */
  serves: boolean;
  stopping: boolean;
}

/** A child that another process started, or one that is a daemon now: its parent is not agent2. */
function adoptedAs({identity, ours}: RecordedChild): Running {
  const pgid = readProcess(identity.pid)?.pgid ?? identity.pid;
  // An ended leader has no start time. A living one other than the daemon itself is somebody else's.
  const group = pgid === identity.pid ? identity : {pid: pgid, startKey: ''};
  return {identity, group, adopted: true, ours, serves: false, stopping: false};
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

function notEnded({pid}: ProcessIdentity): Text {
  return message`process ${pid} serves in place of the command that agent2 started, and nothing shows that it belongs to that command: agent2 does not end it`;
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
