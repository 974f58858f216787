import type {Budget, Deference, State, TargetState} from './state.ts';

/** Who has to wait for whom: upstream first, one fix at a time in a chain of dependencies, and a budget for all of them. */

/** Why a target that needs a fix must not have one now; undefined when nothing but its own plan decides. */
export function deferenceOf(state: Pick<State, 'targets' | 'healBudget'>, target: TargetState, at: number): Deference | undefined {
  return forDependency(state.targets, target) ?? forChain(state.targets, target) ?? forBudget(state.targets, state.healBudget, at);
}

export function sameDeference(a: Deference | undefined, b: Deference | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.reason === b.reason && ('target' in a ? 'target' in b && a.target === b.target && a.busy === b.busy : 'untilAt' in b && a.untilAt === b.untilAt);
}

/** The names of all that `name` depends on, itself excluded unless it is part of a cycle. */
export function upstreamOf(dependsOn: (name: string) => readonly string[], name: string): ReadonlySet<string> {
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
function forDependency(targets: readonly TargetState[], target: TargetState): Deference | undefined {
  if (target.settings.dependsOn.length === 0) return undefined;
  const troubled = targets.filter(({settings}) => upstreamIn(targets, target).has(settings.name)).filter(isTroubled);
  const root = troubled.find(candidate => !troubled.some(other => upstreamIn(targets, candidate).has(other.settings.name))) ?? troubled[0];
  if (!root) return undefined;
  const busy = busyIn(targets, target);
  return {reason: 'dependency', target: root.settings.name, ...(busy === undefined ? {} : {busy})};
}

/** From the first failed check on: who is only suspected may turn out to be the cause. */
function isTroubled({incident, health, repair}: TargetState): boolean {
  return incident !== undefined || health.level === 'down' || isBeingFixed(repair);
}

function forChain(targets: readonly TargetState[], target: TargetState): Deference | undefined {
  const busy = busyIn(targets, target);
  return busy === undefined ? undefined : {reason: 'chain', target: busy, busy};
}

function busyIn(targets: readonly TargetState[], target: TargetState): string | undefined {
  return targets.find(other => other.settings.name !== target.settings.name && isBeingFixed(other.repair) && areChained(targets, target, other))?.settings.name;
}

export function isBeingFixed({step}: TargetState['repair']): boolean {
  return step === 'fixing' || step === 'verifying';
}

/** Whether a path of dependencies, in either direction, leads from one to the other. */
function areChained(targets: readonly TargetState[], a: TargetState, b: TargetState): boolean {
  const neighbours = (name: string) =>
    targets.flatMap(({settings}) => (settings.name === name ? settings.dependsOn : settings.dependsOn.includes(name) ? [settings.name] : []));
  return upstreamOf(neighbours, a.settings.name).has(b.settings.name);
}

function upstreamIn(targets: readonly TargetState[], {settings}: TargetState): ReadonlySet<string> {
  return upstreamOf(name => targets.find(other => other.settings.name === name)?.settings.dependsOn ?? [], settings.name);
}

function forBudget(targets: readonly TargetState[], budget: Budget | undefined, at: number): Deference | undefined {
  if (!budget) return undefined;
  const within = targets.flatMap(({attemptTimes}) => attemptTimes.filter(time => time > at - budget.windowMs)).sort((a, b) => a - b);
  const oldest = within.at(-budget.count);
  return oldest === undefined ? undefined : {reason: 'heal budget', untilAt: oldest + budget.windowMs};
}
