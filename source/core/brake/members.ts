import type {State} from '../model/state.ts';
import type {TargetState} from '../model/target.ts';
import {isBeingFixed, blocksDependents, isWatched} from '../phase.ts';
import {sparedFor, whyNotAllowed} from '../fix/repair.ts';
import {placesWhere, targetAt} from '../target-tree.ts';

/** The targets that a common cause may concern. */

type Known = Pick<State, 'targets'>;

/** Places of the targets that turned bad at `from` or later, each for a reason of its own: no dependency of it is bad, and nobody asked for its restart. */
export function turnedBad(state: Known, from: number): readonly number[] {
  return membersOf(state, from)
    .filter(({target, place}) => {
      const requested = isBeingFixed(target.repair) && isManual(target);
      return isWatched(target) && !requested && !hasUnwellUpstream(state, place);
    })
    .map(({place}) => place);
}

/** Whether a member still needs, and may get, a fix from agent2. */
export function isOpen(target: TargetState): boolean {
  return target.incident !== undefined && isWatched(target) && isFixable(target);
}

export function openMembers(state: Known, from: number): readonly TargetState[] {
  return membersOf(state, from)
    .map(({target}) => target)
    .filter(isOpen);
}

/** The member whose restart says most: one that is being restarted already, else the one whose restarts helped most. */
export function chooseCanary(state: Known, from: number): string | undefined {
  const choices = membersOf(state, from)
    .filter(({target, place}) => isOpen(target) && !hasUnwellUpstream(state, place))
    .map(({target}) => ({target, rank: rankOf(target)}));
  const best = choices.reduce<(typeof choices)[number] | undefined>(
    (best, each) => (best === undefined || each.rank > best.rank ? each : best),
    undefined,
  );
  return best?.target.settings.name;
}

function rankOf({repair, ledger}: TargetState): number {
  if (isBeingFixed(repair)) return Infinity;
  const ready = repair.step === 'deferred' ? 0.5 : 0;
  return Object.values(ledger).reduce(
    (sum, counts) => sum + counts.healed - counts.relapsed - counts['no effect'],
    ready,
  );
}

function isFixable(target: TargetState): boolean {
  return whyNotAllowed(target) === undefined && sparedFor(target) === undefined;
}

function isManual({repair}: TargetState): boolean {
  return 'attempt' in repair && repair.attempt.manual;
}

function membersOf(
  {targets: {tree}}: Known,
  from: number,
): ReadonlyArray<{readonly place: number; readonly target: TargetState}> {
  return placesWhere(tree, ({badSince}) => badSince >= from).flatMap(place => {
    const target = targetAt(tree, place);
    return target ? [{place, target}] : [];
  });
}

function hasUnwellUpstream({targets: {tree, graph}}: Known, place: number): boolean {
  return (graph.get(place)?.upstream ?? []).some(other => {
    const target = targetAt(tree, other);
    return target !== undefined && blocksDependents(target);
  });
}
