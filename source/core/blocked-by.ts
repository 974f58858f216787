import {reachedFrom} from './graph.ts';
import {commonCauseBlocker} from './brake/common-cause.ts';
import {foreseenSuspicion} from './brake/suspicion.ts';
import {blocksDependents, wantsFix} from './phase.ts';
import {RETRY_PAUSE_MS} from './model/policy.ts';
import type {State} from './model/state.ts';
import type {Blocker, TargetState} from './model/target.ts';
import {placesWhere, targetAt} from './target-tree.ts';

/** Decides which target blocks which: upstream first, one fix at a time in a chain of dependencies, and a shared budget. */

/** The parts of the state that decide about blocking. */
type Known = Pick<State, 'targets' | 'healBudget' | 'commonCause'>;

/** Why a target must not be fixed now; undefined when only its own plan decides. The shared budget blocks only targets that want a fix. */
export function blockerOf(state: Known, target: TargetState, at: number): Blocker | undefined {
  return (
    unwellUpstream(state, target) ??
    fixInChain(state, target) ??
    commonCauseBlocker(state, target, at) ??
    (target.incident && unseenUpstream(state, target, target.incident.startedAt, at)) ??
    (wantsFix(target.repair) ? spentBudget(state, at) : undefined)
  );
}

/** What will block an unblocked target if the current event makes it want a fix. */
export function foreseenBlocker(
  state: State,
  target: TargetState,
  at: number,
): Blocker | undefined {
  return (
    foreseenSuspicion(state, target, at) ??
    spentBudget(state, at) ??
    (target.incident ? undefined : unseenUpstream(state, target, at, at))
  );
}

export function sameBlocker(a: Blocker | undefined, b: Blocker | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  const [one, other] = [Object.entries(a), new Map<string, unknown>(Object.entries(b))];
  return one.length === other.size && one.every(([key, value]) => other.get(key) === value);
}

/** Names the unwell upstream nearest to the root, since the others wait for it too. */
function unwellUpstream(state: Known, target: TargetState): Blocker | undefined {
  const {tree, graph} = state.targets;
  if (!tree.root.digest.unwell) return undefined;
  const unwell = upstreamOf(state, target).filter(place => {
    const other = targetAt(tree, place);
    return other && blocksDependents(other);
  });
  const waiting = reachedFrom(unwell, place => graph.get(place)?.dependents ?? []);
  const root = unwell.find(place => !waiting.has(place)) ?? unwell[0];
  if (root === undefined) return undefined;
  const busy = busyInChain(state, target);
  return {
    reason: 'dependency',
    target: nameAt(state, root),
    ...(targetAt(tree, root)?.paused ? {paused: true as const} : {}),
    ...(busy === undefined ? {} : {busy}),
  };
}

function fixInChain(state: Known, target: TargetState): Blocker | undefined {
  const busy = busyInChain(state, target);
  return busy === undefined ? undefined : {reason: 'chain', target: busy, busy};
}

function busyInChain({targets}: Known, {settings}: TargetState): string | undefined {
  const {tree, places, graph} = targets;
  const place = places.get(settings.name) ?? -1;
  const chain = graph.get(place)?.chain;
  if (!chain || !tree.root.digest.beingFixed) return undefined;
  const busy = placesWhere(tree, ({beingFixed}) => beingFixed).find(
    other => other !== place && graph.get(other)?.chain === chain,
  );
  return busy === undefined ? undefined : nameAt({targets}, busy);
}

/** An upstream that was not checked since the incident of `target` began may be its cause. */
function unseenUpstream(
  state: Known,
  target: TargetState,
  beganAt: number,
  at: number,
): Blocker | undefined {
  for (const place of upstreamOf(state, target)) {
    const other = targetAt(state.targets.tree, place);
    if (!other || (other.lastCheck?.at ?? -Infinity) >= beganAt) continue;
    const {intervalMs, retries, timeoutMs} = other.policy;
    // Nothing is known about a dependency that was never checked, however long that lasts.
    const untilAt =
      other.lastCheck === undefined
        ? Infinity
        : beganAt + intervalMs + (retries + 1) * (timeoutMs + RETRY_PAUSE_MS);
    if (at < untilAt) return {reason: 'unseen', target: other.settings.name, untilAt};
  }
  return undefined;
}

function spentBudget({targets: {tree}, healBudget}: Known, at: number): Blocker | undefined {
  if (!healBudget) return undefined;
  const {count, windowMs} = healBudget;
  const within = placesWhere(tree, ({fixedAt}) => fixedAt + windowMs > at)
    .flatMap(place => targetAt(tree, place)?.attemptTimes ?? [])
    .filter(time => time + windowMs > at)
    .sort((a, b) => a - b);
  const oldest = within.at(-count);
  return oldest === undefined ? undefined : {reason: 'heal budget', untilAt: oldest + windowMs};
}

function upstreamOf({targets: {places, graph}}: Known, {settings}: TargetState): readonly number[] {
  return graph.get(places.get(settings.name) ?? -1)?.upstream ?? [];
}

function nameAt({targets}: Pick<Known, 'targets'>, place: number): string {
  return targetAt(targets.tree, place)?.settings.name ?? '';
}
