/** The protocol between a monitor and the clients of its socket. */

/** The host of every request: a unix socket has no name of its own. */
export const HOST = 'agent2';

export const paths = {
  /** The present document of `agent2_status.json`. */
  status: '/v1/status',
  /** Server-sent events for people and scripts: `snapshot` (the same document), then `change` (the changed targets) and `notice`. */
  events: '/v1/events',
  restart: '/v1/restart',
  pause: '/v1/pause',
  resume: '/v1/resume',
  preset: '/v1/preset',
  /** Archives the history of fixes and incidents, and starts it anew. */
  maintain: '/v1/maintain',
  /** Server-sent events for an attached screen: `hello`, then `state` (all of it) and `delta`, see `documents/control`. */
  attach: '/v1/attach',
  /** A `Command` of an attached screen. */
  request: '/v1/request',
} as const;
