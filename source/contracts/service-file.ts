import type {UsageError} from './command.ts';
import type {Confined} from './fix.ts';

/** One kind of file by which another program of the machine runs agent2 or rotates its log: a file in `service-files/`, named like its word. */
export interface ServiceFileDefinition {
  readonly summary: () => string;
  /** Whose it is where nobody says `--user` or `--system`. */
  readonly scope: Scope;
  /** Why it cannot be made of these facts; nothing when it can. */
  refusal?(facts: Installation): UsageError | undefined;
  /** Where the other program looks for it. */
  path(facts: Installation): string;
  /** The file's text; `mark` has to stand in a comment of it, by itself. */
  text(facts: Installation, mark: string): string;
  /** What whoever installs it has to know. */
  notes(facts: Installation): readonly string[];
  /** What makes the written file work; `anew` where another version of it may be in use already. */
  enable(facts: Installation, anew: boolean): readonly Argv[];
  /** What ends its use, before it is removed. */
  disable(facts: Installation): readonly Argv[];
  /** What comes after it was removed. */
  removed?(facts: Installation): readonly Argv[];
}

/** Of the machine, or of one user. */
export type Scope = 'system' | 'user';

export type Argv = readonly [string, ...string[]];

/** All that a service file is made of: this very installation, who runs it, and what it shall watch. Paths are absolute, and no text holds a control character. */
export interface Installation {
  readonly node: string;
  /** The program that node runs. */
  readonly program: string;
  readonly scope: Scope;
  /** What the unit, the job or the rule is called. */
  readonly name: string;
  readonly account: Account;
  readonly cwd: string;
  readonly stateDir: string;
  /** Where programs are looked for. */
  readonly path: string;
  /** Beside PATH. */
  readonly environment: Readonly<Record<string, string>>;
  /** The words after `agent2 run`. */
  readonly words: readonly string[];
  readonly watched: WatchedFacts;
}

export interface Account {
  readonly name: string;
  readonly group: string;
  readonly uid: number;
  readonly home: string;
}

/** What of the targets decides how much agent2 may be confined. */
export interface WatchedFacts {
  /** The most of what the fixes of all targets leave within the limits and the sandbox of agent2's own service. */
  readonly starts: Confined;
  /** A command that becomes another user, like `sudo systemctl restart web`. */
  readonly privileged?: string;
  /** A command that asks the user's own manager by itself, like `systemctl --user restart web`. */
  readonly asksOwnManager?: string;
  /** Whether the words hold a password or a token. */
  readonly exposed: boolean;
  /** A path below /tmp or /var/tmp that both agent2 and others use. */
  readonly temporary?: string;
  /** Units that agent2 restarts: those of the machine, and the user's own. */
  readonly units: {readonly system: readonly string[]; readonly user: readonly string[]};
  /** The longest that ending may take: a command under way, and children that are stopped. */
  readonly endingMs: number;
  /** Variables of the environment that the config file takes values from. */
  readonly environmentNames: readonly string[];
}
