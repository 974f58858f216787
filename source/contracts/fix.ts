import type {Text} from '../core/model/text.ts';
import type {z as Zod, ZodType} from 'zod';
import type {FixRequest} from '../core/model/effect.ts';
import type {FixOutcome} from '../core/model/event.ts';
import type {ProcessIdentity} from '../core/model/observation.ts';
import type {ProgramAnswer, Remark} from './examination.ts';
import type {Refusal} from './refusal.ts';
import type {FixTraits} from '../core/model/target.ts';

/** One kind of fix: a file in `fixes/`, named like the word in `fix.use`. */
export interface FixDefinition<Options = unknown> {
  readonly summary: string;
  readonly traits: FixTraits;
  /** The command-line options that select this fix: `--unit NAME`. None if only a config file can. */
  readonly option?: string;
  /** The schema of the config besides `use`; receives zod, since only a config file needs it. */
  options(z: typeof Zod): ZodType<Options>;
  /** Valid options, the usual first, the fullest last. */
  readonly examples: readonly object[];
  /** Refused options: at least the most frequent mistake, if there are options. */
  readonly refuses: readonly Refusal[];
  /** Describes a restart for people: `systemctl restart web.service`. Undefined if it does nothing. */
  describe(options: Options): Text | undefined;
  /** The longest time of one restart, in ms, without the end of the old process. */
  longestMs(options: Options): number;
  /** The processes of a restart that stay within the limits and the sandbox of agent2's own service. */
  confines(options: Options): Confined;
  /** The user's commands that it may run, if any: their environment matters. */
  commands?(options: Options): ReadonlyArray<readonly string[]>;
  /** The systemd unit that it restarts, if any. */
  unit?(options: Options): {readonly name: string; readonly user: boolean};
  /** The command that starts the service by hand, ending in the service's name there, if known. */
  start?(options: Options): readonly [string, ...string[]];
  /** Examines for the doctor whether the fix could run, without running it. By default the doctor checks that its programs exist. */
  examine?(options: Options, scene: FixScene): Promise<Remark>;
  /** Only a fix through a process manager: what that says about the service, undefined if it says nothing. Only reads. */
  state?(options: Options, ask: AskManager): Promise<ManagedState | undefined>;
  create(options: Options, setup: FixSetup): Fix;
}

/** Runs a read-only query of a process manager; `env` is added to the environment of agent2. */
export type AskManager = (
  argv: readonly [string, ...string[]],
  env?: Readonly<Record<string, string>>,
) => Promise<ProgramAnswer>;

/** What a process manager says about a service, and how it says it. */
export interface ManagedState {
  /**
   * `stopped` and `paused`: it was told to stop or suspend it. `restarting`: it starts, stops or restarts it right now. `failed`: the service
   * ended in another way.
   */
  readonly state: 'running' | 'stopped' | 'paused' | 'restarting' | 'failed';
  readonly says: Text;
}

/** The queries with which a fix examines whether it could run. */
export interface FixScene {
  /** Of this process. */
  readonly uid: number | undefined;
  readonly stateDir: string | undefined;
  now(): number;
  ask(argv: readonly [string, ...string[]]): Promise<ProgramAnswer>;
  /** What to type for the target to have another fix. */
  otherFix(other: OtherFix): string;
}

/** A fix as an option says it, and as a config file does. */
export interface OtherFix {
  readonly option: string;
  readonly fix: string;
}

/** Which processes a restart leaves under agent2's limits: `nothing` where another program restarts the service, agent2's `children`, or whatever its `commands` leave running. */
export type Confined = 'nothing' | 'children' | 'commands';

export interface FixSetup {
  readonly target: string;
  /** The directory of `restart_signal`. */
  readonly stateDir: string;
  /** For the output of the service or its restart; a separate one for each of several targets. */
  readonly outputDir: string;
  /** Texts to redact in the output of commands. */
  readonly secrets: readonly string[];
  /** The time that a process has to end after SIGTERM, in ms. */
  readonly stopTimeoutMs: number;
  /** The port of the service, where it is on this machine. */
  readonly port?: number;
  /** The pid file of the target, for what a fix says about it. */
  readonly pidFile?: string;
  /** How long after its start the service may take until it answers, in ms. */
  readonly startGraceMs?: number;
  now(): number;
  /** Reports a failure besides the fix itself, like writing the output of the child. */
  onProblem(text: Text): void;
}

/** One way to repair a target. */
export interface Fix {
  /** Restarts the target and returns after success or failure. Throws only for bugs. */
  restart(request: FixRequest, context: FixContext): Promise<FixOutcome>;
  /** An interrupted restart leaves no service stopped, or `child.stop` ends it anyway: so a shutdown does not wait for it. */
  readonly leavable?: true;
  /** Only if agent2 owns the process: the process, and its life with the monitor. */
  readonly child?: OwnedChild;
}

export interface FixContext {
  /** Aborted when the outcome no longer matters. */
  readonly signal: AbortSignal;
  /** Called when the request is written, which another process must consume now. */
  readonly onSignalled: () => void;
  /** The processes that the dead process of the target left behind and that still hold its port: a start beside them fails. Missing for a target without a port. */
  readonly leftovers?: () => Promise<readonly ProcessIdentity[]>;
}

export interface OwnedChild {
  /** The file of its output. */
  readonly logFile: string;
  start(): Promise<FixOutcome>;
  /** Instead of `start`: takes over the child that another agent2 process started and released. */
  adopt(): void;
  /** Stops it for good: TERM, then KILL after the stop timeout. */
  stop(): Promise<void>;
  /** Kills it now: for a person who will not wait for `stop`. */
  kill(): void;
  /** Restores its removed files. */
  renew(): void;
  identity(): ProcessIdentity | undefined;
  /** It ended with 0, and may have put itself into the background: agent2 looks for that process. */
  isDaemonising(): boolean;
  /** The target answers right by this process, which did not hold its port before the start: meanwhile that one may be the child. */
  servedBy(pid: number): void;
  /** The last process that it was, running or not; undefined before the first. */
  lastPid(): number | undefined;
  /** How it ended since its last start. */
  exit(): Text | undefined;
  /** Why the last start failed, if it did. */
  startFailure(): Text | undefined;
  /** Called when it ends by itself, or when `identity` is another process from now on. */
  onExit(listener: () => void): void;
}
