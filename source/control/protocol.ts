/** What a monitor and whoever speaks with it over its socket agree on. */

/** Raised when an attached screen of another version could not follow. */
export const PROTOCOL = 2;

/** The host of every request: a unix socket has no name of its own. */
export const HOST = 'agent2';

export const paths = {
  /** The document of `agent2_status.json`, as it is now. */
  status: '/v1/status',
  /** Server-sent events for people and scripts: `snapshot` (the same document), then `change` (the targets that changed) and `notice`. */
  events: '/v1/events',
  restart: '/v1/restart',
  pause: '/v1/pause',
  resume: '/v1/resume',
  preset: '/v1/preset',
  /** Archives the history of fixes and incidents, and begins it anew. */
  maintain: '/v1/maintain',
  /** Server-sent events for an attached screen: `hello`, then `state` (all of it) and `delta`, see `state-codec.ts`. */
  attach: '/v1/attach',
  /** A `Command` of an attached screen. */
  request: '/v1/request',
} as const;

/** The first event of `attach`, and what an older or newer agent2 on the socket is known by. */
export interface Hello {
  readonly protocol: number;
  readonly version: string;
  readonly pid: number;
  readonly stateDir: string;
  /** What a restart of a target runs, by the target's name. */
  readonly actions: Readonly<Record<string, string>>;
}

/** What a POST is answered with, also when refused: `message` is one line for people and says what happened. */
export interface Answer {
  readonly ok: boolean;
  readonly message: string;
  /** The targets it concerned, as the status document shows them now. */
  readonly targets?: readonly unknown[];
}

/** The body of a POST; each is optional where it can be told: one target only, `for` without end. */
export interface AskBody {
  readonly target?: string;
  /** A duration, as in `30m`. */
  readonly for?: string;
  /** Of `preset`. */
  readonly name?: string;
  /** Of `maintain`: `archive` is all there is. */
  readonly do?: string;
  /** Of `restart`: false answers when it has begun; true (the default) when its outcome is known. */
  readonly wait?: boolean;
}
