import {isHard} from '../check/diagnosis.ts';
import type {Fault} from '../model/fault.ts';
import type {Observation, ProbeResult, ProcessReading} from '../model/observation.ts';
import type {Policy} from '../model/policy.ts';
import type {FixAction} from '../model/repair.ts';
import {fixesNeeded, type Gap, type Sighting, type TargetHistory, type Problem} from './history.ts';

/**
 * A recorded service under other settings. It follows the recording; but a problem that a recorded fix repaired stays
 * until a fix repairs it here, and a fix here takes as long and works as often as there.
 */
export interface ReplayedService {
  /** Advances the time to `at`; it never goes back. */
  moveTo(at: number): void;
  /** When the next spontaneous change happens; Infinity when none does. */
  nextChange(): number;
  /** Bad, whether or not a check sees it. */
  isBad(): boolean;
  /** When the problem began, while there is one. */
  badSince(): number | undefined;
  /** The gap in observation around this time, if any. */
  gap(): Gap | undefined;
  /** A check that begins now. */
  check(policy: Policy): {readonly observation: Observation; readonly tookMs: number};
  /** What the watch reads of the process; undefined where it is not known. */
  inspect(): ProbeResult | undefined;
  /** A fix that begins now; `fails` after `tookMs` when the recording shows that it would not help. */
  fix(action: FixAction): {readonly tookMs: number; readonly fails: boolean};
}

interface Restart {
  readonly doneAt: number;
  readonly healthyAt: number;
  readonly replaces: boolean;
}

const QUICK_MS = 3;
/** How long an attempt without a recorded end lasts. */
const UNKNOWN_ATTEMPT_MS = 30_000;

export function createReplayedService(history: TargetHistory, startAt: number): ReplayedService {
  const {sightings, gaps, healing} = history;
  const problems = history.problems.filter(({byFix}) => !byFix);
  const edges = edgesOf(history);
  const fixesMade = new Map<Problem, number>();
  const open: Problem[] = [];
  let now = startAt;
  let sighted = 0;
  let lastGood: Sighting | undefined;
  let nextProblem = 0;
  let nextGap = 0;
  let nextEdge = 0;
  let restart: Restart | undefined;
  let restarts = 0;
  let badSince: number | undefined;

  const service: ReplayedService = {
    moveTo(at) {
      now = at;
      for (let next = sightings[sighted]; next && next.at <= now; next = sightings[(sighted += 1)])
        if (next.kind === 'good') lastGood = next;
      for (
        let next = problems[nextProblem];
        next && next.from <= now;
        next = problems[(nextProblem += 1)]
      )
        open.push(next);
      for (const problem of [...open])
        if (endOf(problem) <= now) open.splice(open.indexOf(problem), 1);
      while ((gaps[nextGap]?.to ?? Infinity) <= now) nextGap += 1;
      while ((edges[nextEdge] ?? Infinity) <= now) nextEdge += 1;
      if (restart?.replaces && restart.doneAt <= now) {
        restart = {...restart, replaces: false};
        restarts += 1;
      }
      if (restart && restart.healthyAt <= now) restart = undefined;
      badSince = service.isBad() ? (badSince ?? now) : undefined;
    },
    nextChange: () =>
      Math.min(
        edges[nextEdge] ?? Infinity,
        restart ? (restart.replaces ? restart.doneAt : restart.healthyAt) : Infinity,
      ),
    isBad: () => open.length > 0 || restart !== undefined,
    badSince: () => badSince,
    gap() {
      const gap = gaps[nextGap];
      return gap && gap.from <= now ? gap : undefined;
    },
    check(policy) {
      const gap = service.gap();
      if (gap)
        return {observation: {kind: 'inconclusive', reason: 'nobody looked'}, tookMs: gap.to - now};
      if (restart) return failed(RESTARTING, policy);
      const problem = currentProblem();
      const seen = problem ? shownIn(problem) : sightings[sighted - 1];
      if (seen?.kind === 'unknown')
        return {
          observation: {kind: 'inconclusive', reason: 'it could not be looked at'},
          tookMs: Math.min(seen.tookMs, policy.timeoutMs),
        };
      return problem ? failed(seen, policy) : answered(lastGood, policy);
    },
    inspect() {
      const process = reading();
      if (!process) return undefined;
      return {
        readings: {process},
        faults: isRestarted() ? [] : (shownIn(currentProblem())?.faults.filter(isHard) ?? []),
      };
    },
    fix(action) {
      const waiting = open.map(problem => {
        const made = (fixesMade.get(problem) ?? 0) + 1;
        fixesMade.set(problem, made);
        return {problem, made, repairs: made >= fixesNeeded(problem)};
      });
      const vain = waiting.find(({repairs}) => !repairs);
      if (vain) {
        const {attempts} = vain.problem;
        const recorded =
          attempts[Math.min(vain.made, attempts.length) - 1]?.tookMs ?? UNKNOWN_ATTEMPT_MS;
        return {tookMs: Number.isFinite(recorded) ? recorded : UNKNOWN_ATTEMPT_MS, fails: true};
      }
      const {doneMs, healthyMs} = healing[action];
      restart = {doneAt: now + doneMs, healthyAt: now + healthyMs, replaces: action === 'restart'};
      open.length = 0;
      badSince ??= now;
      return {tookMs: doneMs, fails: false};
    },
  };
  service.moveTo(startAt);
  return service;

  function currentProblem(): Problem | undefined {
    return open.at(-1);
  }

  /** What a check sees of a problem now. After its first recorded fix, that is what was seen before the fix. */
  function shownIn(problem: Problem | undefined): Sighting | undefined {
    if (!problem) return undefined;
    const seen = sightings[sighted - 1];
    const {beforeFix} = problem;
    if (beforeFix && (seen === undefined || seen.at > beforeFix.at)) return beforeFix;
    return seen;
  }

  function reading(): ProcessReading | undefined {
    if (history.via === undefined) return undefined;
    const seen = sightings[sighted - 1];
    const generation = (seen?.generation ?? 0) + restarts;
    const identity = {pid: 2 + generation, startKey: String(generation)};
    const shown = isRestarted() ? undefined : shownIn(currentProblem())?.process;
    if (!shown) return {state: 'alive', identity, via: history.via, command: ''};
    return 'identity' in shown ? {...shown, identity} : shown;
  }

  /** A new process runs already, but does not answer yet. */
  function isRestarted(): boolean {
    return restart !== undefined && !restart.replaces;
  }

  function failed(
    seen: Sighting | undefined,
    policy: Policy,
  ): {observation: Observation; tookMs: number} {
    const process = reading();
    const readings = process ? {process} : {};
    const [first, ...rest] = seen?.faults ?? [];
    // The process was healthy again before the other probes ran.
    if (!first) return answered(lastGood, policy);
    const timedOut = seen?.faults.some(
      ({kind}) => kind === 'response_timeout' || kind === 'connect_timeout',
    );
    return {
      observation: {kind: 'failed', readings, faults: [first, ...rest]},
      tookMs: timedOut ? policy.timeoutMs : Math.min(seen?.tookMs ?? QUICK_MS, policy.timeoutMs),
    };
  }

  function answered(
    seen: Sighting | undefined,
    {timeoutMs, slowMs}: Policy,
  ): {observation: Observation; tookMs: number} {
    const process = reading();
    const readings = process ? {process} : {};
    const latencyMs = seen?.latencyMs;
    if (latencyMs !== undefined && latencyMs > timeoutMs) {
      return {
        observation: {
          kind: 'failed',
          readings,
          faults: [
            {probe: 'api', kind: 'response_timeout', text: `no response within ${timeoutMs} ms`},
          ],
        },
        tookMs: timeoutMs,
      };
    }
    const slow: readonly Fault[] =
      latencyMs !== undefined && latencyMs > slowMs
        ? [
            {
              probe: 'api',
              kind: 'slow',
              latencyMs,
              limitMs: slowMs,
              text: `slower than ${slowMs} ms`,
            },
          ]
        : [];
    const warnings = [...(seen?.warnings.filter(({kind}) => kind !== 'slow') ?? []), ...slow];
    return {
      observation: {kind: 'ok', readings, latencyMs, ...(warnings.length > 0 ? {warnings} : {})},
      tookMs: latencyMs ?? QUICK_MS,
    };
  }
}

const RESTARTING: Sighting = {
  at: 0,
  tookMs: QUICK_MS,
  kind: 'bad',
  faults: [{probe: 'api', kind: 'connect_refused', text: 'it is being restarted'}],
  warnings: [],
  generation: 0,
};

/** How long a problem that a recorded fix repaired would have lasted. */
function endOf({to, repaired}: Problem): number {
  return repaired ? Infinity : to;
}

/** The limits of problems and gaps, and the observed changes of the process. */
function edgesOf({sightings, problems, gaps}: TargetHistory): readonly number[] {
  const changes = sightings.filter(
    (sighting, index) =>
      sighting.process !== undefined ||
      sightings[index - 1]?.process !== undefined ||
      sighting.generation !== sightings[index - 1]?.generation,
  );
  const times = [...problems, ...gaps].flatMap(({from, to}) =>
    to === Infinity ? [from] : [from, to],
  );
  return [...new Set([...times, ...changes.map(({at}) => at)])].sort((a, b) => a - b);
}
