import type {Digest, TargetNode} from './model/state.ts';
import type {TargetState} from './model/target.ts';
import {nextDue} from './next-due.ts';
import {blocksDependents, isBeingFixed, isWatched, wantsFix} from './phase.ts';

/** The facts that let a search skip this target, or the whole node of the tree above it. */
export function digestOf(target: TargetState): Digest {
  return {
    dueAt: nextDue(target),
    fixedAt: target.attemptTimes.at(-1) ?? -Infinity,
    unwell: blocksDependents(target),
    beingFixed: isBeingFixed(target.repair),
    wantsFix: wantsFix(target.repair),
    blockedUntil: target.blockedBy !== undefined && 'untilAt' in target.blockedBy,
    badSince: target.incident?.startedAt ?? -Infinity,
    watched: isWatched(target) ? 1 : 0,
  };
}

export function digestOfAll(nodes: readonly TargetNode[]): Digest {
  let [dueAt, fixedAt, badSince, watched] = [Infinity, -Infinity, -Infinity, 0];
  let [unwell, beingFixed, wantsFix, blockedUntil] = [false, false, false, false];
  for (const {digest} of nodes) {
    dueAt = Math.min(dueAt, digest.dueAt);
    fixedAt = Math.max(fixedAt, digest.fixedAt);
    unwell ||= digest.unwell;
    beingFixed ||= digest.beingFixed;
    wantsFix ||= digest.wantsFix;
    blockedUntil ||= digest.blockedUntil;
    badSince = Math.max(badSince, digest.badSince);
    watched += digest.watched;
  }
  return {dueAt, fixedAt, unwell, beingFixed, wantsFix, blockedUntil, badSince, watched};
}
