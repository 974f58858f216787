import type {Text} from './text.ts';
import type {Cause} from './cause.ts';
import type {Evidence} from './evidence.ts';
import type {Failure, Fault} from './fault.ts';
import type {Health} from './health.ts';
import type {Ledger} from './ledger.ts';
import type {Verdict} from './ledger.ts';
import type {Observation, ProcessIdentity, Readings} from './observation.ts';
import type {Policy} from './policy.ts';
import type {Uptime} from './uptime.ts';

/** The immutable snapshot: all of agent2's knowledge, and the source of every screen. Times are epoch milliseconds. */
export interface State {
  readonly status: 'initializing' | 'monitoring' | 'stopped';
  readonly startedAt: number;
  readonly presets: Readonly<Record<string, Policy>>;
  /** The functions of `core/targets.ts` read and replace it. */
  readonly targets: Targets;
  /** A limit for the fixes of all targets together, if configured. */
  readonly healBudget?: Budget;
  /** agent2's own problems (a file that cannot be written), by subject; shown until solved. */
  readonly problems: Readonly<Record<string, Text>>;
  /** When the loop was released for another process: it decides nothing until one resumes it. */
  readonly letGoAt?: number;
}

/** All targets, in the order of the config file: lookup and replacement need no walk through the others. */
export interface Targets {
  /** The place of each target in the order, by name. */
  readonly places: ReadonlyMap<string, number>;
  readonly graph: Graph;
  readonly tree: TargetTree;
}

/** Dependencies, by place. A target without any, in either direction, has no links. */
export type Graph = ReadonlyMap<number, Links>;

/** Places in order: the dependencies of a target, its dependents, and all targets that dependencies in either direction connect to it, itself included. */
interface Links {
  readonly upstream: readonly number[];
  readonly downstream: readonly number[];
  /** All members share this list. */
  readonly chain: readonly number[];
}

/** A list as a tree; replacing an item copies one path. `span` is the number of items each branch of the root can hold. */
export interface TargetTree {
  readonly size: number;
  readonly span: number;
  readonly root: TargetNode;
}

export type TargetNode =
  | {readonly digest: Digest; readonly target: TargetState}
  | {readonly digest: Digest; readonly nodes: readonly TargetNode[]};

/** Facts about the targets below a node, so that a search skips the other nodes. */
export interface Digest {
  /** When the first of them has work due; Infinity when none has. */
  readonly dueAt: number;
  /** When the last of their fixes began; -Infinity before the first. */
  readonly fixedAt: number;
  /** One of them blocks the fixes of its dependents. */
  readonly unwell: boolean;
  readonly beingFixed: boolean;
  /** One of them wants a fix as soon as possible. */
  readonly wantsFix: boolean;
  /** One of them is blocked until a certain time. */
  readonly blockedUntil: boolean;
}

/** The properties of a target that stay for the life of the monitor. */
export interface TargetSettings {
  readonly name: string;
  /** The label on the screen: the url, `host:port`, the command, or the pid file. */
  readonly address: string;
  /** The label of its kind of fix; the core decides by the traits. */
  readonly fix: string;
  readonly traits: FixTraits;
  /** On this machine: only there does a refused connection differ from an unreachable host. */
  readonly local: boolean;
  readonly overrides: Partial<Policy>;
  /** Names of targets that must be healthy first: this one is not restarted while one is not. */
  readonly dependsOn: readonly string[];
  /** Components and checks that a restart of this target does not repair. */
  readonly notFor: readonly string[];
  /** How a drill may break it, with its owner's consent. */
  readonly drill?: readonly string[];
  /** Its part of the config file as one text: a difference means other settings, including those that only probes and fixes read. */
  readonly fingerprint: string;
}

/** The properties of a kind of fix that decisions and the screen need. */
export interface FixTraits {
  /** It repairs something; otherwise agent2 only observes. */
  readonly heals: boolean;
  /** agent2 starts the process itself: it begins and ends with the monitor. */
  readonly ownsProcess: boolean;
  /** It only asks: another process must consume the request, and the checks show whether one did. */
  readonly takenByOthers: boolean;
  /** How the question before a restart continues: `This runs:` a command, `This will:` take another action, or it `replaces` the process. */
  readonly verb: 'runs' | 'will' | 'replaces';
}

/** At most `count` fixes begin within any `windowMs`. */
export type Budget = Policy['budget'];

export interface TargetState {
  readonly settings: TargetSettings;
  readonly preset: string;
  /** The preset with the overrides applied. */
  readonly policy: Policy;
  /** Fixes begun by this monitor. */
  readonly fixCount: number;
  /** Raised to invalidate the work under way (a fix and its end, a pause, another process, a clock jump): results from an older epoch change nothing. */
  readonly epoch: number;
  readonly paused: boolean;
  /** When the pause ends by itself, if it does. */
  readonly pausedUntil?: number;
  /** Probe, but do not heal. */
  readonly observing: boolean;
  /** Both as the options or the config file set them: people's later choices stay when other settings change. */
  readonly configured: {readonly preset: string; readonly observing: boolean};
  /** A restart requested by file while paused; runs at resume. */
  readonly restartPending: boolean;
  readonly check: CheckState;
  readonly health: Health;
  readonly uptime: Uptime;
  /** Latest readings of each probe, merged. */
  readonly readings: Readings;
  readonly lastCheck?: {readonly at: number; readonly observation: Observation};
  /** The live process of the last look. */
  readonly process?: ProcessIdentity;
  /** When it went away: settle time counts from here. */
  readonly goneSince?: number;
  /** Fixes wait until this time or the first success, whichever comes first. */
  readonly graceUntil?: number;
  readonly repair: Repair;
  /** Attempts without ten healthy minutes between them, for backoff. */
  readonly attempts: number;
  /** When the fixes of the budget's window began, oldest first. */
  readonly attemptTimes: readonly number[];
  readonly lastAttemptEndedAt?: number;
  readonly healthySince?: number;
  readonly incident?: Incident;
  /** The number of the last incident; counts those of earlier runs too. */
  readonly incidentCount: number;
  /** Ended incidents, oldest first, the last 20. */
  readonly incidents: readonly IncidentRecord[];
  /** Oldest first, the last 50. */
  readonly fixes: readonly FixRecord[];
  readonly ledger: Ledger;
  /** Why another target, or the shared budget, blocks the fix of this one now; recomputed at every event. */
  readonly blockedBy?: Blocker;
  /** Oldest first, the last hour. */
  readonly samples: readonly Sample[];
  /** Log lines at INFO or above, oldest first, the last 200. */
  readonly events: readonly EventRecord[];
  /** The logged warnings of the last good check and of failed ones since: each is logged once an episode. */
  readonly warned: readonly Warned[];
  /** The last refused request and the reason, shown for a moment. */
  readonly lastRefusal?: {readonly at: number; readonly text: Text};
  readonly lastHeartbeatAt: number;
}

/** One lasting warning: its identity and its last text. */
export interface Warned {
  readonly key: string;
  readonly kind: Fault['kind'];
  readonly text: Text;
}

/** `target` is down, suspect or in a fix, or (`unseen`) not checked since the problem began, which blocks only until `untilAt`; without a target the shared budget is used up until `untilAt`. `busy` marks a fix in the same chain, which blocks even a manual restart. */
export type Blocker =
  | {readonly reason: 'dependency'; readonly target: string; readonly busy?: string}
  | {readonly reason: 'chain'; readonly target: string; readonly busy: string}
  | {readonly reason: 'unseen'; readonly target: string; readonly untilAt: number}
  | {readonly reason: 'heal budget'; readonly untilAt: number};

export type CheckState =
  | {readonly state: 'idle'; readonly dueAt: number; readonly tries: number}
  | {readonly state: 'running'; readonly startedAt: number; readonly tries: number};

/** The state of a target's repair. */
export type Repair =
  | {readonly step: 'idle'}
  /** A full look comes at `at` (Infinity while it runs), to confirm hard evidence. */
  | {readonly step: 'looking'; readonly at: number}
  /** The process and its pid file are gone: another program may be restarting it. */
  | {readonly step: 'settling'; readonly untilAt: number}
  | {readonly step: 'fixing'; readonly attempt: Attempt}
  | {
      readonly step: 'verifying';
      readonly attempt: Attempt;
      readonly since: number;
      readonly untilAt: number;
      readonly good: number;
      readonly seen?: ProcessIdentity;
    }
  /** Backoff: the next attempt comes at `untilAt`. */
  | {readonly step: 'waiting'; readonly untilAt: number}
  /** Waits with a wanted fix for another target (see `blockedBy`). */
  | {readonly step: 'deferred'}
  | {
      readonly step: 'held';
      readonly reason: 'budget' | 'port_taken';
      readonly since: number;
      readonly nextAttemptAt: number;
    };

export interface Attempt {
  /** The number of the fix in this monitor, which matches an outcome to its fix. */
  readonly number: number;
  readonly startedAt: number;
  readonly action: FixAction;
  readonly cause: Cause;
  readonly manual: boolean;
  /** The process before the fix: a different one later is its result. */
  readonly before?: ProcessIdentity;
  /** The target's pid at that time, alive or dead: its death is no result of this fix. */
  readonly pidBefore?: number;
  /** A restart signal was written and no process has consumed it yet. */
  readonly awaiting: boolean;
}

/** `continue` sends SIGCONT to a suspended process; `restart` runs the target's fix. */
export type FixAction = 'continue' | 'restart';

/** From the first failed check to verified recovery. */
export interface Incident {
  readonly number: number;
  readonly startedAt: number;
  /** Set with the verdict. */
  readonly cause?: Cause;
  readonly faults: readonly Failure[];
  /** The faulty process: another one in its place means an external restart. */
  readonly process?: ProcessIdentity;
  /** The verdict was down, and logged. */
  readonly down: boolean;
  /** The number of fixes begun for it. */
  readonly fixes: number;
  /** The logged reason for holding it. A hold for the budget lasts to the end of the incident. */
  readonly held: ReadonlyArray<'budget' | 'port_taken'>;
  /** The log says that its fix waits for another target. */
  readonly deferred: boolean;
  /** The evidence found before its last fix. */
  readonly evidence?: Evidence;
}

/** An ended incident. One that never was `down` is not kept. */
export interface IncidentRecord {
  readonly number: number;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly cause: Cause;
  readonly faults: readonly Failure[];
  readonly fixes: number;
  /** It was held at some time. */
  readonly held: boolean;
  readonly evidence?: Evidence;
  /** The logged ending. */
  readonly end: Text;
}

export interface FixRecord {
  readonly at: number;
  /** AgentOS's words where they exist: `process not alive`, `port not listening`, `health check failed`. */
  readonly issue: string;
  readonly cause: Cause;
  readonly action: string;
  readonly result: 'running' | 'signal_created' | 'warning_logged' | 'success' | 'failed';
  readonly healthyAfterMs?: number;
  /** The reason for the failure, or the observation: one line. */
  readonly detail?: Text;
  /** The incident of the fix; none for a record by an older version. */
  readonly incident?: number;
  /** Missing before the verdict, and for a record without a repair (`warning_logged`). */
  readonly verdict?: Verdict;
}

export interface Sample {
  readonly at: number;
  readonly outcome: 'ok' | 'slow' | 'failed' | 'inconclusive';
  readonly latencyMs?: number;
  /** The metrics of the target's checks, by `check metric`: `disk /var` in its own unit. */
  readonly values?: Readonly<Record<string, number>>;
}

export type Level = 'debug' | 'info' | 'warning' | 'error';

export interface EventRecord {
  readonly at: number;
  readonly level: Level;
  readonly text: Text;
}

export type Phase = 'initializing' | 'monitoring' | 'fixing' | 'paused' | 'held' | 'stopped';
