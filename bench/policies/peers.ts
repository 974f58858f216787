import {END_MS, seeded, type Outcome, type Service} from './services.ts';

/** Models of other programs, by their documented rules and defaults. */

interface Peer {
  readonly name: string;
  /** How long after a start its probe restarts a service that does not answer well; without one it only sees that a process ends. */
  readonly probeMs?: number;
  /** A new supervision: says after each end of a process how long until the next start, or undefined when it gives up. */
  supervise(): (ended: {readonly startedAt: number; readonly at: number}) => number | undefined;
}

export const peers: readonly Peer[] = [
  {
    // CrashLoopBackOff: 10 s x2 up to 300 s, reset after ten minutes; a liveness probe every 10 s that fails three times.
    name: 'kubelet',
    probeMs: 30_000,
    supervise() {
      let backoffMs = 0;
      return ({startedAt, at}) => {
        backoffMs = at - startedAt >= 600_000 ? 0 : backoffMs;
        const delayMs = backoffMs;
        backoffMs = Math.min(300_000, backoffMs === 0 ? 10_000 : backoffMs * 2);
        return delayMs;
      };
    },
  },
  // Restart=always, RestartSec=100ms, StartLimitIntervalSec=10s, StartLimitBurst=5.
  systemd('systemd', 100, {burst: 5, intervalMs: 10_000}),
  // RestartSec=10, StartLimitIntervalSec=300, StartLimitBurst=3.
  systemd('AgentOS unit', 10_000, {burst: 3, intervalMs: 300_000}),
  // Looks every 5 s, so half of that after an end on average, and restarts at the first failure.
  {name: 'Monit 5 s', probeMs: 4_500, supervise: () => () => 2_500},
  {
    // Gives up after 16 starts that lived less than a second each.
    name: 'pm2',
    supervise() {
      let unstable = 0;
      return ({startedAt, at}) => {
        unstable = at - startedAt < 1_000 ? unstable + 1 : 0;
        return unstable >= 16 ? undefined : 100;
      };
    },
  },
  {
    // exp_backoff_restart_delay=100: x1.5 up to 15 s, reset after 30 s.
    name: 'pm2 backoff',
    supervise() {
      let unstable = 0;
      let delayMs = 0;
      return ({startedAt, at}) => {
        unstable = at - startedAt < 1_000 ? unstable + 1 : 0;
        if (unstable >= 16) return undefined;
        delayMs = at - startedAt >= 30_000 || delayMs === 0 ? 100 : Math.min(15_000, delayMs * 1.5);
        return delayMs;
      };
    },
  },
  {
    // startsecs=1, startretries=3: a process that lived a second is started again a second later; else after 1, 2 and 3 s, then FATAL.
    name: 'supervisord',
    supervise() {
      let failed = 0;
      return ({startedAt, at}) => {
        failed = at - startedAt < 1_000 ? failed + 1 : 0;
        return failed > 3 ? undefined : Math.max(1, failed) * 1_000;
      };
    },
  },
  {
    // docker's restart policy: 100 ms x2 up to a minute, reset after 10 s; a health check every 10 s that fails three times, and autoheal every 5 s.
    name: 'docker-autoheal',
    probeMs: 32_500,
    supervise() {
      let delayMs = 0;
      return ({startedAt, at}) => {
        delayMs = at - startedAt >= 10_000 || delayMs === 0 ? 100 : Math.min(60_000, delayMs * 2);
        return delayMs;
      };
    },
  },
];

function systemd(
  name: string,
  delayMs: number,
  limit: {readonly burst: number; readonly intervalMs: number},
): Peer {
  return {
    name,
    supervise() {
      let starts: readonly number[] = [];
      return ({startedAt, at}) => {
        starts = [...starts, startedAt].filter(time => time > at + delayMs - limit.intervalMs);
        return starts.length >= limit.burst ? undefined : delayMs;
      };
    },
  };
}

/** What a peer makes of a service. */
export function outcomeOf(peer: Peer, service: Service, seed: number, endMs = END_MS): Outcome {
  const random = seeded(seed);
  const ended = peer.supervise();
  let upMs = 0;
  let starts = 0;
  for (let at: number | undefined = 0; at !== undefined && at < endMs;) {
    const startedAt: number = at;
    starts += 1;
    const {readyAt, diesAt} = service.start(startedAt, random);
    const wellAt = Math.max(readyAt, service.sickUntilMs);
    const probedAt = startedAt + (peer.probeMs ?? Infinity);
    const endsAt = wellAt > probedAt ? Math.min(diesAt, probedAt) : diesAt;
    upMs += Math.max(0, Math.min(endsAt, endMs) - wellAt);
    const delayMs = Number.isFinite(endsAt) ? ended({startedAt, at: endsAt}) : undefined;
    at = delayMs === undefined ? undefined : endsAt + delayMs;
  }
  return {availability: upMs / endMs, starts};
}
