import {RETRY_PAUSE_MS} from './model/policy.ts';
import type {Budget, Blocker, State, TargetState} from './model/state.ts';
import {mapTargets, targetsOf} from './targets.ts';

/** Who has to wait for whom: upstream first, one fix at a time in a chain of dependencies, and a budget for all of them. */

/** Why a target that needs a fix must not have one now; undefined when nothing but its own plan decides. `chains` are those of all targets. */
export function blockerOf(
  state: Pick<State, 'targets' | 'healBudget'>,
  chains: Chains,
  target: TargetState,
  at: number,
): Blocker | undefined {
  const targets = targetsOf(state);
  return (
    forDependency(targets, chains, target) ??
    forChain(targets, chains, target) ??
    (target.incident && unseenUpstream(targets, target, target.incident.startedAt, at)) ??
    forBudget(targets, state.healBudget, at)
  );
}

/** For each name that depends on another, or that another depends on: one of its chain, the same for all of that chain. */
export type Chains = ReadonlyMap<string, string>;

/** Two are of one chain when a path of dependencies, in either direction, leads from one to the other. */
export function chainsOf(targets: readonly TargetState[]): Chains {
  const neighbours = new Map<string, string[]>();
  const join = (from: string, to: string) =>
    void (neighbours.get(from)?.push(to) ?? neighbours.set(from, [to]));
  for (const {settings} of targets) {
    for (const upstream of settings.dependsOn) {
      join(settings.name, upstream);
      join(upstream, settings.name);
    }
  }
  const chains = new Map<string, string>();
  for (const name of neighbours.keys()) {
    if (chains.has(name)) continue;
    for (const each of upstreamOf(each => neighbours.get(each) ?? [], name)) chains.set(each, name);
  }
  return chains;
}

export function sameBlocker(a: Blocker | undefined, b: Blocker | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  const parts = ({reason, ...rest}: Blocker) => ({
    reason,
    target: undefined,
    busy: undefined,
    untilAt: undefined,
    ...rest,
  });
  const [one, other] = [parts(a), parts(b)];
  return (
    one.reason === other.reason &&
    one.target === other.target &&
    one.busy === other.busy &&
    one.untilAt === other.untilAt
  );
}

/** Whose trouble begins may suffer from what it depends on: that is looked at now, so that the verdict on the one finds the other known. `before` is the state when it was still well. */
export function lookUpstream(state: State, before: State, at: number): State {
  if (state.targets === before.targets) return state;
  const began = targetsOf(state).filter(
    ({settings, incident}) =>
      incident?.startedAt === at &&
      settings.dependsOn.length > 0 &&
      targetsOf(before).find(other => other.settings.name === settings.name)?.incident ===
        undefined,
  );
  if (began.length === 0) return state;
  const upstream = new Set(began.flatMap(target => [...upstreamIn(targetsOf(state), target)]));
  return mapTargets(state, target =>
    upstream.has(target.settings.name) ? checkedBy(target, at) : target,
  );
}

function checkedBy(target: TargetState, at: number): TargetState {
  const {check, paused, repair} = target;
  if (check.state !== 'idle' || check.dueAt <= at || paused || isBeingFixed(repair)) return target;
  return {...target, check: {...check, dueAt: at}};
}

/** The names of all that `name` depends on, itself excluded unless it is part of a cycle. */
export function upstreamOf(
  dependsOn: (name: string) => readonly string[],
  name: string,
): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (each: string) => {
    for (const next of dependsOn(each)) {
      if (found.has(next)) continue;
      found.add(next);
      visit(next);
    }
  };
  visit(name);
  return found;
}

/** The nearest to the root first: the one that everybody else waits for. */
function forDependency(
  targets: readonly TargetState[],
  chains: Chains,
  target: TargetState,
): Blocker | undefined {
  if (target.settings.dependsOn.length === 0 || !targets.some(isTroubled)) return undefined;
  const upstream = upstreamIn(targets, target);
  const troubled = targets.filter(other => upstream.has(other.settings.name) && isTroubled(other));
  const root =
    troubled.find(
      candidate => !troubled.some(other => upstreamIn(targets, candidate).has(other.settings.name)),
    ) ?? troubled[0];
  if (!root) return undefined;
  const busy = busyIn(targets, chains, target);
  return {reason: 'dependency', target: root.settings.name, ...(busy === undefined ? {} : {busy})};
}

/** From the first failed check on: who is only suspected may turn out to be the cause. */
function isTroubled({incident, health, repair}: TargetState): boolean {
  return incident !== undefined || health.level === 'down' || isBeingFixed(repair);
}

function forChain(
  targets: readonly TargetState[],
  chains: Chains,
  target: TargetState,
): Blocker | undefined {
  const busy = busyIn(targets, chains, target);
  return busy === undefined ? undefined : {reason: 'chain', target: busy, busy};
}

function busyIn(
  targets: readonly TargetState[],
  chains: Chains,
  {settings: {name}}: TargetState,
): string | undefined {
  const chain = chains.get(name);
  if (chain === undefined) return undefined;
  return targets.find(
    ({settings, repair}) =>
      settings.name !== name && isBeingFixed(repair) && chains.get(settings.name) === chain,
  )?.settings.name;
}

export function isBeingFixed({step}: TargetState['repair']): boolean {
  return step === 'fixing' || step === 'verifying';
}

function upstreamIn(targets: readonly TargetState[], {settings}: TargetState): ReadonlySet<string> {
  return upstreamOf(
    name => targets.find(other => other.settings.name === name)?.settings.dependsOn ?? [],
    settings.name,
  );
}

/** An upstream that nobody has looked at since the trouble of `target` began may be the one in trouble. */
export function unseenUpstream(
  targets: readonly TargetState[],
  target: TargetState,
  beganAt: number,
  at: number,
): Blocker | undefined {
  if (target.settings.dependsOn.length === 0) return undefined;
  const upstream = upstreamIn(targets, target);
  const untilAt = ({policy}: TargetState) =>
    beganAt + policy.intervalMs + (policy.retries + 1) * (policy.timeoutMs + RETRY_PAUSE_MS);
  const unseen = targets.find(
    other =>
      upstream.has(other.settings.name) &&
      !other.paused &&
      (other.lastCheck?.at ?? -Infinity) < beganAt &&
      at < untilAt(other),
  );
  return unseen && {reason: 'unseen', target: unseen.settings.name, untilAt: untilAt(unseen)};
}

function forBudget(
  targets: readonly TargetState[],
  budget: Budget | undefined,
  at: number,
): Blocker | undefined {
  if (!budget) return undefined;
  const within = targets.flatMap(({attemptTimes}) =>
    attemptTimes.filter(time => time + budget.windowMs > at),
  );
  if (within.length < budget.count) return undefined;
  within.sort((a, b) => a - b);
  const oldest = within.at(-budget.count);
  return oldest === undefined
    ? undefined
    : {reason: 'heal budget', untilAt: oldest + budget.windowMs};
}
