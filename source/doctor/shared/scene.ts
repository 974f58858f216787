import type {TargetSpec} from '../../config/spec.ts';
import type {ProgramAnswer, Remark} from '../../contracts/examination.ts';
import type {FixDefinition} from '../../contracts/fix.ts';
import type {Observation} from '../../core/model/observation.ts';
import type {DiskFacts} from '../../io/files/file-facts.ts';
import type {StatusReading} from './status-file.ts';

/** One thing that the doctor looks at: a file in `doctor/`. They run at the same time, and each is asked once about all that it is about. */
export type Examination = {
  /** Its place in the report: the least comes first. */
  readonly order: number;
  /** What is looked at, in a word or two. */
  what(): string;
  /** Which problems it finds, for docs/doctor.md. */
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

/** All that is examined. */
export interface Scene {
  readonly places: readonly Place[];
  readonly subjects: readonly Subject[];
  /** The config file that is meant and cannot be used, with all that is wrong. */
  readonly wrongConfig?: {readonly path: string; readonly text: string};
  readonly config?: string;
  /** Other monitors that run on this machine, as far as they are found. */
  readonly neighbours: readonly Place[];
  /** Nothing was named, and nothing of AgentOS is here. */
  readonly nothingHere: boolean;
  readonly machine: Machine;
  /** One check of a target, made once however many ask. */
  observe(subject: Subject): Promise<Observation>;
}

/** A state directory, and the monitor that has it or had it. */
export interface Place {
  readonly stateDir: string;
  /** Behind a command that means this monitor: empty where there is only one. */
  readonly which: string;
  /** What stands behind `agent2 start` for it. */
  readonly startWords: string;
  /** What `agent2.pid` says, where there is one. */
  readonly pidFile:
    | {readonly kind: 'none'}
    | {readonly kind: 'pid'; readonly pid: number}
    | {readonly kind: 'wrong'; readonly reason: string};
  /** The monitor that lives. */
  readonly monitor?: {readonly pid: number; readonly targets: readonly string[]};
  readonly status: StatusReading;
}

export interface Subject {
  readonly spec: TargetSpec;
  /** Its kind of fix. */
  readonly fixKind: FixDefinition;
  /** Where it is, or would be, monitored. */
  readonly place?: Place;
  /** What its fix does, for people. */
  readonly action?: string;
}

/** What examinations ask of the world beside files and processes; tests put something else in its place. */
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
