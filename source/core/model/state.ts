import type {Budget, Policy} from './policy.ts';
import type {TargetState} from './target.ts';
import type {Text} from './text.ts';

/** The immutable snapshot: all of agent2's knowledge, and the source of every screen. Times are epoch milliseconds. */
export interface State {
  readonly status: 'initializing' | 'monitoring' | 'stopped';
  readonly startedAt: number;
  readonly presets: Readonly<Record<string, Policy>>;
  /** The functions of `core/targets.ts` read and replace it. */
  readonly targets: Targets;
  /** A limit for the fixes of all targets together, if configured. */
  readonly healBudget?: Budget;
  /** A common cause does not delay restarts. */
  readonly brake?: false;
  /** Many targets turned bad together, so the cause is likely the machine. */
  readonly commonCause?: CommonCause;
  /** agent2's own problems (a file that cannot be written), by subject; shown until solved. */
  readonly problems: Readonly<Record<string, Text>>;
  /** When the loop was released for another process: it decides nothing until one resumes it. */
  readonly letGoAt?: number;
}

/**
 * What is known about a common cause. Its members are the targets with an incident that began at `from` or later. `suspected`: two of them turned
 * bad, and the others of `asked` (places) are checked until `untilAt`. `canary`: one member is restarted to see whether that helps. `following`: it
 * did, and the members are restarted one at a time; `turn` is the next. `held`: it did not, so all wait for the next attempt of the canary.
 */
export type CommonCause =
  | {
      readonly step: 'suspected';
      readonly from: number;
      readonly since: number;
      readonly asked: readonly number[];
      readonly untilAt: number;
    }
  | {readonly step: 'canary'; readonly from: number; readonly turn: string; readonly waitMs: number}
  | {readonly step: 'following'; readonly from: number; readonly turn?: string}
  | {
      readonly step: 'held';
      readonly from: number;
      readonly turn: string;
      readonly waitMs: number;
      readonly nextAttemptAt: number;
      /** How many were bad when the canary failed, of how many. */
      readonly bad: number;
      readonly of: number;
    };

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
export interface Links {
  /** Those that name it in their `dependsOn`. */
  readonly dependents: readonly number[];
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
  /** When the last of their open incidents began; -Infinity without one. */
  readonly badSince: number;
  /** How many of them are watched and not held for a reason of their own. */
  readonly watched: number;
}
