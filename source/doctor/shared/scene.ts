import type {Text} from '../../core/model/text.ts';
import type {TargetSpec} from '../../config/spec.ts';
import type {ProgramAnswer, Remark} from '../../contracts/examination.ts';
import type {FixDefinition} from '../../contracts/fix.ts';
import type {Observation} from '../../core/model/observation.ts';
import type {DiskFacts} from '../../io/files/file-facts.ts';
import type {StatusReading} from './status-file.ts';

/** One kind of examination: a file in `doctor/`. All run at the same time, each once for all of its subjects. */
export type Examination = {
  /** Its place in the report: the least comes first. */
  readonly order: number;
  /** The subject, in a word or two. */
  what(): string;
  /** The problems that it finds, for docs/doctor.md. */
  readonly finds: string;
} & (
  | {
      readonly about: 'monitor';
      examine(place: Place, scene: Scene, signal: AbortSignal): Promise<readonly Remark[]>;
    }
  | {
      readonly about: 'target';
      examine(subject: Subject, scene: Scene, signal: AbortSignal): Promise<readonly Remark[]>;
    }
  | {
      readonly about: 'machine';
      examine(scene: Scene, signal: AbortSignal): Promise<readonly Remark[]>;
    }
);

/** Everything under examination. */
export interface Scene {
  readonly places: readonly Place[];
  readonly subjects: readonly Subject[];
  /** The chosen config file, if unusable, with all of its faults. */
  readonly wrongConfig?: {readonly path: string; readonly text: Text};
  readonly config?: string;
  /** The known other monitors on this machine. */
  readonly neighbours: readonly Place[];
  /** No target was named, and AgentOS is not here. */
  readonly nothingHere: boolean;
  readonly machine: Machine;
  /** Runs one check of a target; all examinations share its result. */
  observe(subject: Subject): Promise<Observation>;
}

/** A state directory, and its present or last monitor. */
export interface Place {
  readonly stateDir: string;
  /** The words that select this monitor in a command: empty for the only one. */
  readonly which: string;
  /** The words after `agent2 start` for it. */
  readonly startWords: string;
  /** The content of `agent2.pid`, if it exists. */
  readonly pidFile:
    | {readonly kind: 'none'}
    | {readonly kind: 'pid'; readonly pid: number}
    | {readonly kind: 'wrong'; readonly reason: string};
  /** The living monitor. */
  readonly monitor?: {readonly pid: number; readonly targets: readonly string[]};
  readonly status: StatusReading;
}

export interface Subject {
  readonly spec: TargetSpec;
  /** Its kind of fix. */
  readonly fixKind: FixDefinition;
  /** Its present or possible monitor. */
  readonly place?: Place;
  /** Describes its fix for people. */
  readonly action?: string;
}

/** The examinations' access to the world besides files and processes; tests replace it. */
export interface Machine {
  readonly version: string;
  readonly nodeVersion: string;
  readonly env: NodeJS.ProcessEnv;
  readonly uid: number | undefined;
  readonly cwd: string;
  now(): number;
  disk(path: string, signal: AbortSignal): Promise<DiskFacts>;
  cgroups(pid: number): string | undefined;
  openFileLimit(pid: number | 'self'): number | undefined;
  ask(argv: readonly [string, ...string[]], signal: AbortSignal): Promise<ProgramAnswer>;
}
