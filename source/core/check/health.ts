import type {Health, HealthLevel} from '../model/health.ts';
import type {Policy} from '../model/policy.ts';

/** The health of a target before its first check. */
export function newHealth(at: number): Health {
  return {
    level: 'unknown',
    since: at,
    failures: 0,
    successes: 0,
    totalChecks: 0,
    totalFailures: 0,
    recent: [],
    flapping: false,
  };
}

/** Applies a good check: ends the streak of failures; the level follows after `recoveryThreshold` of them. A warning keeps a healthy target at `warn`. */
export function succeed(health: Health, at: number, policy: Policy, warned: boolean): Health {
  const successes = health.successes + 1;
  const healthy =
    health.level === 'unknown' || health.level === 'ok' || successes >= policy.recoveryThreshold;
  const level = healthy ? (warned ? 'warn' : 'ok') : health.level;
  return withRecent(
    {...moved(health, level, at), successes, failures: 0, totalChecks: health.totalChecks + 1},
    true,
  );
}

/** Applies a failed check: `warn` below the threshold, `down` from it on; a target that is down stays down. Hard evidence has its own rules: pass Infinity. */
export function fail(health: Health, at: number, failureThreshold: number): Health {
  const failures = health.failures + 1;
  const level = health.level === 'down' || failures >= failureThreshold ? 'down' : 'warn';
  return withRecent(
    {
      ...moved(health, level, at),
      failures,
      successes: 0,
      totalChecks: health.totalChecks + 1,
      totalFailures: health.totalFailures + 1,
    },
    false,
  );
}

/** Marks a target down at once, whatever the counters. */
export function markDown(health: Health, at: number): Health {
  return {...moved(health, 'down', at), successes: 0};
}

/** Resets every counter at a fix and at recovery; the level and the totals stay. */
export function resetStreaks(health: Health): Health {
  return {...health, failures: 0, successes: 0};
}

/** Applies a check during verification: it counts in the totals, not in the streaks, and a failure is no flap, since a starting service fails. A manual restart ends `ok` until the target answers again. */
export function countDuringVerification(health: Health, good: boolean, at: number): Health {
  const level = !good && health.level === 'ok' ? 'warn' : health.level;
  const counted = {
    ...moved(health, level, at),
    totalChecks: health.totalChecks + 1,
    totalFailures: health.totalFailures + (good ? 0 : 1),
  };
  return good ? withRecent(counted, good) : counted;
}

/** Applies a verified recovery. */
export function recover(health: Health, at: number): Health {
  return resetStreaks(moved(health, 'ok', at));
}

function moved(health: Health, level: HealthLevel, at: number): Health {
  return level === health.level ? health : {...health, level, since: at};
}

const WINDOW = 21;
const START_FLAPPING = 0.2;
const STOP_FLAPPING = 0.05;

function withRecent(health: Health, good: boolean): Health {
  const recent = [...health.recent, good].slice(-WINDOW);
  const share = changeShare(recent);
  return {
    ...health,
    recent,
    flapping: health.flapping ? share > STOP_FLAPPING : share >= START_FLAPPING,
  };
}

/**
 * The share of state changes in the window, the newest weighing 1.2 and the oldest 0.8 (Nagios's flap detection).
 * Always over a full window, so that one blip of a young target is no flapping.
 */
function changeShare(recent: readonly boolean[]): number {
  const changes = WINDOW - 1;
  let weighted = 0;
  for (let index = 1; index < recent.length; index++) {
    const position = changes - recent.length + index;
    if (recent[index] !== recent[index - 1]) weighted += 0.8 + (0.4 * position) / (changes - 1);
  }
  return weighted / changes;
}
