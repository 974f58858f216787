import type {Digest, TargetNode} from './model/state.ts';
import type {TargetState} from './model/target.ts';
import {nextDue} from './next-due.ts';
import {isBeingFixed, blocksDependents, wantsFix} from './phase.ts';

/** The facts that let a search skip this target, or the whole node of the tree above it. */
export function digestOf(target: TargetState): Digest {
  return {
    dueAt: nextDue(target),
    fixedAt: target.attemptTimes.at(-1) ?? -Infinity,
    unwell: blocksDependents(target),
    beingFixed: isBeingFixed(target.repair),
    wantsFix: wantsFix(target.repair),
    blockedUntil: target.blockedBy !== undefined && 'untilAt' in target.blockedBy,
  };
}

export function digestOfAll(nodes: readonly TargetNode[]): Digest {
  let [dueAt, fixedAt] = [Infinity, -Infinity];
  let [unwell, beingFixed, wantsFix, blockedUntil] = [false, false, false, false];
  for (const {digest} of nodes) {
    dueAt = Math.min(dueAt, digest.dueAt);
    fixedAt = Math.max(fixedAt, digest.fixedAt);
    unwell ||= digest.unwell;
    beingFixed ||= digest.beingFixed;
    wantsFix ||= digest.wantsFix;
    blockedUntil ||= digest.blockedUntil;
  }
  return {dueAt, fixedAt, unwell, beingFixed, wantsFix, blockedUntil};
}
