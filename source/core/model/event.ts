import type {Text} from './text.ts';
import type {Evidence} from './evidence.ts';
import type {Observation, ProbeResult} from './observation.ts';
import type {Budget} from './policy.ts';
import type {TargetSettings} from './target.ts';
import type {TargetMemory} from './memory.ts';

/** Every event of the monitor. `at` is epoch milliseconds and the only way time enters. */
export type Event =
  | {readonly type: 'started'; readonly at: number}
  /** The time that `nextWake` asked for has come. */
  | {readonly type: 'tick'; readonly at: number}
  | {
      readonly type: 'observed';
      readonly at: number;
      readonly target: string;
      readonly epoch: number;
      readonly startedAt: number;
      /** The greatest lateness of agent2's own timers during the check. */
      readonly lagMs: number;
      readonly observation: Observation;
    }
  /** The watch saw a process change, or (`asked`) an `inspect` ended, which alone finds the owner of the port. */
  | {
      readonly type: 'looked';
      readonly at: number;
      readonly target: string;
      readonly epoch: number;
      readonly asked: boolean;
      readonly result: ProbeResult;
    }
  /** The evidence found before the fix of attempt `attempt` acts. */
  | {
      readonly type: 'evidence';
      readonly at: number;
      readonly target: string;
      readonly attempt: number;
      readonly evidence: Evidence;
    }
  /** The fix wrote a restart signal, which another process must consume. */
  | {
      readonly type: 'fix-signalled';
      readonly at: number;
      readonly target: string;
      readonly attempt: number;
    }
  | {
      readonly type: 'fix-finished';
      readonly at: number;
      readonly target: string;
      readonly attempt: number;
      readonly outcome: FixOutcome;
    }
  | {
      readonly type: 'restart-requested';
      readonly at: number;
      readonly target: string;
      readonly by: 'user' | 'signal-file';
    }
  /** Without `untilAt` the pause has no end. */
  | {
      readonly type: 'paused';
      readonly at: number;
      readonly target: string;
      readonly untilAt?: number;
    }
  | {readonly type: 'resumed'; readonly at: number; readonly target: string}
  | {readonly type: 'observing'; readonly at: number; readonly target: string; readonly on: boolean}
  | {readonly type: 'preset'; readonly at: number; readonly target: string; readonly name: string}
  /** The config file changed and is valid: targets with unchanged settings continue with all their counters. */
  | {
      readonly type: 'reconfigured';
      readonly at: number;
      readonly targets: readonly TargetStart[];
      readonly healBudget?: Budget;
      readonly brake?: false;
    }
  /** The history was written to the file `archive`, a path relative to the state directory. */
  | {readonly type: 'history-reset'; readonly at: number; readonly archive: string}
  /** The wall clock moved against the monotonic one. Every pending time moves along, so that no wait changes its length. */
  | {readonly type: 'clock-jumped'; readonly at: number; readonly byMs: number}
  /** One of agent2's own effects (`about`) failed with `text`, or works again (no text). */
  | {readonly type: 'problem'; readonly at: number; readonly about: string; readonly text?: Text}
  /** The loop is released for another process; later it resumes there or, when the hand-over failed, here. */
  | {readonly type: 'let-go' | 'taken-over'; readonly at: number}
  | {readonly type: 'stopped'; readonly at: number};

/** `detail` names the action and its outcome, in one line. */
export type FixOutcome =
  {readonly kind: 'done'; readonly detail: Text} | {readonly kind: 'failed'; readonly detail: Text};

/** The start of a monitor: a target's settings, its preset, and the memory of an earlier run. */
export interface TargetStart {
  readonly settings: TargetSettings;
  readonly preset: string;
  readonly observing: boolean;
  readonly memory?: TargetMemory;
}
