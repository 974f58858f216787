import type {z as Zod, ZodType} from 'zod';
import type {FixRequest} from '../core/model/effect.ts';
import type {FixOutcome} from '../core/model/event.ts';
import type {ProcessIdentity} from '../core/model/observation.ts';
import type {ProgramAnswer, Remark} from './examination.ts';
import type {Refusal} from './refusal.ts';
import type {FixTraits} from '../core/model/state.ts';

/** One kind of fix: a file in `fixes/`, named like the word in `fix.use`. */
export interface FixDefinition<Options = unknown> {
  readonly summary: string;
  readonly traits: FixTraits;
  /** The words of the command line that give a target this fix: `--unit NAME`. None where only a config file does. */
  readonly option?: string;
  /** What stands in the config beside `use`; zod is handed in, since only a config file needs it. */
  options(z: typeof Zod): ZodType<Options>;
  /** What a user may write there, the usual first, the one with most options last. */
  readonly examples: readonly object[];
  /** What is refused. At least the mistake that is made most, where there are options. */
  readonly refuses: readonly Refusal[];
  /** What a restart does, for people: `systemctl restart web.service`. Undefined where nothing is done. */
  describe(options: Options): string | undefined;
  /** How long one restart may take at most, in ms; ending the old process comes beside it. */
  longestMs(options: Options): number;
  /** What of a restart stays within the limits and the sandbox of agent2's own service. */
  confines(options: Options): Confined;
  /** The commands of the user's own that it may run, where it does: where they are run matters. */
  commands?(options: Options): ReadonlyArray<readonly string[]>;
  /** The unit of systemd that it restarts, where it does. */
  unit?(options: Options): {readonly name: string; readonly user: boolean};
  /** What starts the service by hand, ending in what the service is called there, where that can be told. */
  start?(options: Options): readonly [string, ...string[]];
  /** Whether it could be made, for the doctor; nothing of it is run. Without one the doctor sees whether the programs are there. */
  examine?(options: Options, scene: FixScene): Promise<Remark>;
  create(options: Options, setup: FixSetup): Fix;
}

/** What a fix may ask of the machine to see whether it could be made. */
export interface FixScene {
  readonly stateDir: string | undefined;
  now(): number;
  ask(argv: readonly [string, ...string[]]): Promise<ProgramAnswer>;
}

/** Nothing that lasts (another program restarts the service), a child of agent2, or whatever commands leave running. */
export type Confined = 'nothing' | 'children' | 'commands';

export interface FixSetup {
  readonly target: string;
  /** Where `restart_signal` lies. */
  readonly stateDir: string;
  /** For what the service or its restart prints; one of its own where several targets are watched. */
  readonly outputDir: string;
  /** How long a process has to end after SIGTERM, in ms. */
  readonly stopTimeoutMs: number;
  now(): number;
  /** Something beside the fix itself cannot be done, like writing the output of the child. */
  onProblem(text: string): void;
}

/** One way to repair a target. */
export interface Fix {
  /** Does the restart and returns when it is done or has failed. Throws only for bugs. */
  restart(request: FixRequest, context: FixContext): Promise<FixOutcome>;
  /** Whoever leaves in the middle of it leaves nothing stopped, or ends it by `child.stop` anyway: nobody waits for it at the end. */
  readonly leavable?: true;
  /** Only where agent2 owns the process: the process, and its life with the monitor. */
  readonly child?: OwnedChild;
}

interface FixContext {
  /** Aborted when the outcome no longer matters. */
  readonly signal: AbortSignal;
  /** Says that from now on somebody else has to act. */
  readonly onSignalled: () => void;
}

export interface OwnedChild {
  /** Where its output is kept. */
  readonly logFile: string;
  start(): Promise<FixOutcome>;
  /** Instead of `start`: takes over what another process of agent2 had started and let go of. */
  adopt(): void;
  /** For good: TERM, then KILL after the stop timeout. */
  stop(): Promise<void>;
  /** KILL, now: for somebody who will not wait for `stop`. */
  kill(): void;
  /** Its files were removed under it: makes them anew. */
  renew(): void;
  identity(): ProcessIdentity | undefined;
  /** How it ended, since it last started. */
  exit(): string | undefined;
  /** Why it could not be started, when that was tried last. */
  startFailure(): string | undefined;
  /** Called when it ends without having been stopped. */
  onExit(listener: () => void): void;
}
