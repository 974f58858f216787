import type {Cause} from './cause.ts';
import type {Fault} from './fault.ts';
import type {Health} from './health.ts';
import type {Incident, IncidentRecord} from './incident.ts';
import type {Ledger} from './ledger.ts';
import type {Observation, ProcessIdentity, Readings} from './observation.ts';
import type {Policy} from './policy.ts';
import type {FixRecord, Repair, Waste} from './repair.ts';
import type {Text} from './text.ts';
import type {Uptime} from './uptime.ts';

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
  /** The live process that was seen last. */
  readonly process?: ProcessIdentity;
  /** When that process was last seen alive. */
  readonly aliveAt?: number;
  /** When that process went away: settle time counts from here. */
  readonly goneSince?: number;
  /** It was good at least once, asked as its settings say now (`settings.question`). */
  readonly proven?: boolean;
  /** Fixes wait until this time or the first success, whichever comes first. */
  readonly graceUntil?: number;
  readonly repair: Repair;
  /** Wasted fixes in a row, for backoff, manual ones included: those after which the target never stayed healthy long enough. */
  readonly attempts: number;
  /** When fixes that nobody requested began, oldest first. */
  readonly attemptTimes: readonly number[];
  /** For budget and hold; none while no fix is wasted. */
  readonly waste?: Waste;
  /** How often the start grace is doubled, since starts take longer than the policy allows. */
  readonly slowStarts?: number;
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
  readonly samples: SampleLog;
  /** Log lines at INFO or above, oldest first, the last 200. */
  readonly events: readonly EventRecord[];
  /** The logged warnings of the last good check and of failed ones since: each is logged once an episode. */
  readonly warned: readonly Warned[];
  /** The last refused request and the reason, shown for a moment. */
  readonly lastRefusal?: {readonly at: number; readonly text: Text};
  readonly lastHeartbeatAt: number;
}

export type CheckState =
  | {readonly state: 'idle'; readonly dueAt: number; readonly tries: number}
  | {readonly state: 'running'; readonly startedAt: number; readonly tries: number};

/** `target` is down, suspect, in a fix or `paused`, or (`unseen`) not checked since the problem began, which blocks only until `untilAt`; without a target the shared budget is used up until `untilAt`. Of targets that turn bad together (see `CommonCause`), `suspicion`: the others are being checked; `common_cause`: `target` is restarted first; `canary`: its own restart did not help, while `bad` of `of` targets were bad. `busy` marks a fix in the same chain, which blocks even a manual restart. */
export type Blocker =
  | {
      readonly reason: 'dependency';
      readonly target: string;
      readonly paused?: true;
      readonly busy?: string;
    }
  | {readonly reason: 'chain'; readonly target: string; readonly busy: string}
  | {readonly reason: 'unseen'; readonly target: string; readonly untilAt: number}
  | {readonly reason: 'heal budget'; readonly untilAt: number}
  | {readonly reason: 'suspicion'; readonly untilAt: number}
  | {
      readonly reason: 'common_cause';
      readonly step: 'canary' | 'following' | 'held';
      readonly target: string;
    }
  | {
      readonly reason: 'canary';
      readonly untilAt: number;
      readonly bad: number;
      readonly of: number;
    };

/** One lasting warning: its identity and its last text. */
export interface Warned {
  readonly key: string;
  readonly kind: Fault['kind'];
  readonly text: Text;
}

export interface Sample {
  readonly at: number;
  readonly outcome: 'ok' | 'slow' | 'failed' | 'inconclusive';
  readonly latencyMs?: number;
  /** The metrics of the target's checks, by `check metric`: `disk /var` in its own unit. */
  readonly values?: Readonly<Record<string, number>>;
}

/** The samples of the last hour, oldest first, packed: as objects those of a thousand targets take 64 MB. `core/check/samples.ts` writes and reads them. */
export type SampleLog = readonly SampleBlock[];

export interface SampleBlock {
  /** Three for each sample: `at`, the place of its outcome in `OUTCOMES`, and its response time or -1. */
  readonly numbers: readonly number[];
  /** Where a check measures something: two for each value of that name, the place of its sample in this block and the value. */
  readonly values?: Readonly<Record<string, readonly number[]>>;
}

export interface EventRecord {
  readonly at: number;
  readonly level: Level;
  readonly text: Text;
}

export type Level = 'debug' | 'info' | 'warning' | 'error';

export type Phase = 'initializing' | 'monitoring' | 'fixing' | 'paused' | 'held' | 'stopped';

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
  /** Causes that agent2 heals only on this request. */
  readonly healFor?: readonly Cause[];
  /** What its checks ask, as a short text that is the same in every process: another one means that earlier answers prove nothing. */
  readonly question?: string;
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
