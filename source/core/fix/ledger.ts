import {CALM_MS} from './waste.ts';
import type {FixRecord} from '../model/repair.ts';
import type {TargetState} from '../model/target.ts';
import type {Verdict} from '../model/ledger.ts';

const NONE: Readonly<Record<Verdict, number>> = {
  'healed': 0,
  'relapsed': 0,
  'no effect': 0,
  'unneeded': 0,
};

/** Judges the last fix; an earlier verdict stays. */
export function judgeLast(target: TargetState, verdict: Verdict): TargetState {
  const last = target.fixes.at(-1);
  return last && last.result !== 'warning_logged' && last.verdict === undefined
    ? judge(target, last, verdict)
    : target;
}

/** Judges fixes that worked as healed after ten healthy minutes. */
export function judgeHealed(target: TargetState, at: number): TargetState {
  return target.healthySince !== undefined && at - target.healthySince >= CALM_MS
    ? judgePending(target, 'healed')
    : target;
}

/** The target is down again: judges fixes that worked as relapsed, unless ten healthy minutes passed. */
export function judgeRelapsed(target: TargetState, at: number): TargetState {
  return judgePending(judgeHealed(target, at), 'relapsed');
}

function judgePending(target: TargetState, verdict: Verdict): TargetState {
  return target.fixes
    .filter(isPending)
    .reduce((judged, fix) => judge(judged, fix, verdict), target);
}

function isPending({result, verdict}: FixRecord): boolean {
  return result === 'success' && verdict === undefined;
}

function judge(target: TargetState, fix: FixRecord, verdict: Verdict): TargetState {
  const counts = target.ledger[fix.cause] ?? NONE;
  return {
    ...target,
    fixes: target.fixes.map(other => (other === fix ? {...fix, verdict} : other)),
    ledger: {...target.ledger, [fix.cause]: {...counts, [verdict]: counts[verdict] + 1}},
  };
}
