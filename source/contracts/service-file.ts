import type {UsageError} from './command.ts';
import type {Confined} from './fix.ts';

/** One kind of file with which another program runs agent2 or rotates its log: a file in `service-files/`, named like its word. */
export interface ServiceFileDefinition {
  readonly summary: () => string;
  /** The owner without `--user` or `--system`. */
  readonly scope: Scope;
  /** Why these facts do not allow it; nothing when they do. */
  refusal?(facts: Installation): UsageError | undefined;
  /** The path at which the other program expects it. */
  path(facts: Installation): string;
  /** The file's text; `mark` must be in a comment of its own. */
  text(facts: Installation, mark: string): string;
  /** The file of the variables with secrets, which only its owner may read; undefined where the words have no secrets. */
  secretFile?(facts: Installation): {readonly path: string; readonly text: string} | undefined;
  /** Notes for the person who installs it. */
  notes(facts: Installation): readonly string[];
  /** The commands that activate the written file; `anew` when another version may be in use already. */
  enable(facts: Installation, anew: boolean): readonly Argv[];
  /** The commands that end its use, before the removal. */
  disable(facts: Installation): readonly Argv[];
  /** The commands after the removal. */
  removed?(facts: Installation): readonly Argv[];
}

/** Whether the machine or one user runs it. */
export type Scope = 'system' | 'user';

export type Argv = readonly [string, ...string[]];

/** The content of a service file: this installation, its user, and its targets. Paths are absolute, and no text contains a control character. */
export interface Installation {
  readonly node: string;
  /** The program that node runs. */
  readonly program: string;
  readonly scope: Scope;
  /** The name of the unit, the job or the rule. */
  readonly name: string;
  readonly account: Account;
  readonly cwd: string;
  readonly stateDir: string;
  /** The PATH for programs. */
  readonly path: string;
  /** Besides PATH. */
  readonly environment: Readonly<Record<string, string>>;
  /** The arguments of `agent2 run`, without passwords and tokens. */
  readonly words: readonly string[];
  /** The variables that the words name for them: a service file and an argv are readable for everybody. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly watched: WatchedFacts;
}

export interface Account {
  readonly name: string;
  readonly group: string;
  readonly uid: number;
  readonly home: string;
}

/** The facts about the targets that decide how far agent2 may be confined. */
export interface WatchedFacts {
  /** The greatest extent to which a fix leaves processes within the limits and the sandbox of agent2's own service. */
  readonly starts: Confined;
  /** A command that becomes another user, like `sudo systemctl restart web`. */
  readonly privileged?: string;
  /** A command that uses the user's own manager, like `systemctl --user restart web`. */
  readonly asksOwnManager?: string;
  /** A path below /tmp or /var/tmp that both agent2 and others use. */
  readonly temporary?: string;
  /** Units that agent2 restarts: those of the machine, and the user's own. */
  readonly units: {readonly system: readonly string[]; readonly user: readonly string[]};
  /** The longest time of an end: a running command, and the stop of children. */
  readonly endingMs: number;
  /** Environment variables that the config file uses. */
  readonly environmentNames: readonly string[];
}
