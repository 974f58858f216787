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

/** The immutable snapshot: all that agent2 knows, and all that any screen shows. Times are epoch milliseconds. */
export interface State {
  readonly status: 'initializing' | 'monitoring' | 'stopped';
  readonly startedAt: number;
  readonly presets: Readonly<Record<string, Policy>>;
  /** Read and replaced by the functions of `core/targets.ts`. */
  readonly targets: Targets;
  /** A limit for the fixes of all targets together, where one was given. */
  readonly healBudget?: Budget;
  /** Something of our own that does not work (a file that cannot be written), by what it concerns; shown until it works again. */
  readonly problems: Readonly<Record<string, Text>>;
  /** When the loop was let go of, for another process to take it over: until somebody does, nothing is decided. */
  readonly letGoAt?: number;
}

/** All targets, in the order of the config file: one of them is found and replaced without a walk through the others. */
export interface Targets {
  /** The place of each in the order, by name. */
  readonly places: ReadonlyMap<string, number>;
  readonly graph: Graph;
  readonly tree: TargetTree;
}

/** Who depends on whom, by place. Whoever depends on nobody, and nobody on it, has no links. */
export type Graph = ReadonlyMap<number, Links>;

/** Places in order: of all that a target depends on, of all that depend on it, and of all that a path of dependencies in either direction leads to, itself included. */
interface Links {
  readonly upstream: readonly number[];
  readonly downstream: readonly number[];
  /** The same list for all that are in it. */
  readonly chain: readonly number[];
}

/** A list as a tree of which one path is copied when an item is replaced. `span` is how many items each branch of the root can hold. */
export interface TargetTree {
  readonly size: number;
  readonly span: number;
  readonly root: TargetNode;
}

export type TargetNode =
  | {readonly digest: Digest; readonly target: TargetState}
  | {readonly digest: Digest; readonly nodes: readonly TargetNode[]};

/** What is true of some target below a node of the tree: so those of whom it is true are found without looking at the others. */
export interface Digest {
  /** When the first of them has something due; Infinity when nothing waits. */
  readonly dueAt: number;
  /** When the last of their fixes began; -Infinity before the first. */
  readonly fixedAt: number;
  /** One of them keeps what depends on it from being fixed. */
  readonly unwell: boolean;
  readonly beingFixed: boolean;
  /** One of them is to be fixed as soon as it may. */
  readonly wantsFix: boolean;
  /** One of them is blocked until a certain time. */
  readonly blockedUntil: boolean;
}

/** What is fixed about a target for the life of the monitor. */
export interface TargetSettings {
  readonly name: string;
  /** What people see: the url, `host:port`, the command, or the pid file. */
  readonly address: string;
  /** The word of its kind of fix, for people; what the core has to know of it are its traits. */
  readonly fix: string;
  readonly traits: FixTraits;
  /** On this machine: only there can a refused connection be told from an unreachable host. */
  readonly local: boolean;
  readonly overrides: Partial<Policy>;
  /** Names of targets that have to be well first: while one is not, this one is not restarted. */
  readonly dependsOn: readonly string[];
  /** Components and checks that a restart of this target does not mend. */
  readonly notFor: readonly string[];
  /** How a drill may break it: what its owner consented to. */
  readonly drill?: readonly string[];
  /** What the config file says of it, in one text: another one means other settings, also those that only probes and fixes read. */
  readonly fingerprint: string;
}

/** What a kind of fix is like, as far as it matters to decisions and to the screen. */
export interface FixTraits {
  /** It repairs something. What does not is observed only. */
  readonly heals: boolean;
  /** agent2 starts the process itself: it begins and ends with the monitor. */
  readonly ownsProcess: boolean;
  /** It only asks: somebody else has to take it, and the checks show whether anybody did. */
  readonly takenByOthers: boolean;
  /** How the question before a restart goes on: `This runs:` a command, `This will:` do something else, or it `replaces` the process. */
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
  /** Raised whenever what is under way must not count any more (a fix and its end, a pause, another process, a clock jump): results that began under an older one change nothing. */
  readonly epoch: number;
  readonly paused: boolean;
  /** When the pause ends by itself, where it does. */
  readonly pausedUntil?: number;
  /** Probe, but do not heal. */
  readonly observing: boolean;
  /** What the options or the config file said of the two: what people chose since stays when other settings change. */
  readonly configured: {readonly preset: string; readonly observing: boolean};
  /** A restart asked for by file while paused; done when resumed. */
  readonly restartPending: boolean;
  readonly check: CheckState;
  readonly health: Health;
  readonly uptime: Uptime;
  /** Latest readings of each probe, merged. */
  readonly readings: Readings;
  readonly lastCheck?: {readonly at: number; readonly observation: Observation};
  /** The live process as last seen. */
  readonly process?: ProcessIdentity;
  /** Since when it is gone: what settle time counts from. */
  readonly goneSince?: number;
  /** Fixes wait until this time or the first success, whichever comes first. */
  readonly graceUntil?: number;
  readonly repair: Repair;
  /** Attempts without ten healthy minutes between them: what backoff counts. */
  readonly attempts: number;
  /** When the fixes of the budget's window began, oldest first. */
  readonly attemptTimes: readonly number[];
  readonly lastAttemptEndedAt?: number;
  readonly healthySince?: number;
  readonly incident?: Incident;
  /** Incidents so far, those of earlier runs included: the number of the last one. */
  readonly incidentCount: number;
  /** Those that are over, oldest first, the last 20. */
  readonly incidents: readonly IncidentRecord[];
  /** Oldest first, the last 50. */
  readonly fixes: readonly FixRecord[];
  readonly ledger: Ledger;
  /** Why another target, or the budget of all, keeps this one from being fixed just now; derived anew at every event. */
  readonly blockedBy?: Blocker;
  /** Oldest first, the last hour. */
  readonly samples: readonly Sample[];
  /** What was told at INFO or above, oldest first, the last 200. */
  readonly events: readonly EventRecord[];
  /** The warnings of the last good check, and of failed ones since, that were told: each is told once an episode. */
  readonly warned: readonly Warned[];
  /** What was asked for last and not done, and why: shown for a moment. */
  readonly lastRefusal?: {readonly at: number; readonly text: Text};
  readonly lastHeartbeatAt: number;
}

/** One warning that lasts: what tells it from others, and what it said last. */
export interface Warned {
  readonly key: string;
  readonly kind: Fault['kind'];
  readonly text: Text;
}

/** `target` is down, suspect or being fixed, or (`unseen`) was not looked at since the trouble began, for which nobody waits longer than `untilAt`; without one it is the budget of all targets that is used up, until `untilAt`. `busy` is the one of the chain that is being fixed: not even who asks gets a second fix at once. */
export type Blocker =
  | {readonly reason: 'dependency'; readonly target: string; readonly busy?: string}
  | {readonly reason: 'chain'; readonly target: string; readonly busy: string}
  | {readonly reason: 'unseen'; readonly target: string; readonly untilAt: number}
  | {readonly reason: 'heal budget'; readonly untilAt: number};

export type CheckState =
  | {readonly state: 'idle'; readonly dueAt: number; readonly tries: number}
  | {readonly state: 'running'; readonly startedAt: number; readonly tries: number};

/** Where the repair of a target stands. */
export type Repair =
  | {readonly step: 'idle'}
  /** A thorough look comes at `at` (Infinity while it runs), to confirm hard evidence. */
  | {readonly step: 'looking'; readonly at: number}
  /** The process and its pid file are gone: maybe somebody else's restart. */
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
  /** A fix is wanted, and waits for another target (see `blockedBy`). */
  | {readonly step: 'deferred'}
  | {
      readonly step: 'held';
      readonly reason: 'budget' | 'port_taken';
      readonly since: number;
      readonly nextAttemptAt: number;
    };

export interface Attempt {
  /** Which fix of this monitor: tells the outcome of one from that of another. */
  readonly number: number;
  readonly startedAt: number;
  readonly action: FixAction;
  readonly cause: Cause;
  readonly manual: boolean;
  /** The process before the fix: a different one later is the result of it. */
  readonly before?: ProcessIdentity;
  /** The pid that the target was known by then, alive or dead already: its death is none of this fix. */
  readonly pidBefore?: number;
  /** A restart signal was written and nobody has taken it yet. */
  readonly awaiting: boolean;
}

/** `continue` is SIGCONT to a suspended process; `restart` is whatever the target's fix does. */
export type FixAction = 'continue' | 'restart';

/** From the first failed check to verified recovery. */
export interface Incident {
  readonly number: number;
  readonly startedAt: number;
  /** Set with the verdict. */
  readonly cause?: Cause;
  readonly faults: readonly Failure[];
  /** The process that was in trouble: another one in its place is somebody's restart. */
  readonly process?: ProcessIdentity;
  /** The verdict was down, and people were told. */
  readonly down: boolean;
  /** How many fixes were begun for it. */
  readonly fixes: number;
  /** For what it was held, and people were told so. Once for its budget, it stays so until it is over. */
  readonly held: ReadonlyArray<'budget' | 'port_taken'>;
  /** People were told that its fix waits for another target. */
  readonly deferred: boolean;
  /** What was found before its last fix. */
  readonly evidence?: Evidence;
}

/** An incident that is over. One that was never `down` is not kept. */
export interface IncidentRecord {
  readonly number: number;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly cause: Cause;
  readonly faults: readonly Failure[];
  readonly fixes: number;
  /** It had been held on the way. */
  readonly held: boolean;
  readonly evidence?: Evidence;
  /** How it ended, as it was told. */
  readonly end: Text;
}

export interface FixRecord {
  readonly at: number;
  /** AgentOS's words where it has some: `process not alive`, `port not listening`, `health check failed`. */
  readonly issue: string;
  readonly cause: Cause;
  readonly action: string;
  readonly result: 'running' | 'signal_created' | 'warning_logged' | 'success' | 'failed';
  readonly healthyAfterMs?: number;
  /** Why it failed, or what was seen: one line. */
  readonly detail?: Text;
  /** Which incident it was made for; none for a record that an older version wrote. */
  readonly incident?: number;
  /** Missing until it can be judged, and for what is no repair (`warning_logged`). */
  readonly verdict?: Verdict;
}

export interface Sample {
  readonly at: number;
  readonly outcome: 'ok' | 'slow' | 'failed' | 'inconclusive';
  readonly latencyMs?: number;
  /** What the target's checks measured, by `check metric`: `disk /var` in its own unit. */
  readonly values?: Readonly<Record<string, number>>;
}

export type Level = 'debug' | 'info' | 'warning' | 'error';

export interface EventRecord {
  readonly at: number;
  readonly level: Level;
  readonly text: Text;
}

export type Phase = 'initializing' | 'monitoring' | 'fixing' | 'paused' | 'held' | 'stopped';
