import {CALM_MS} from './waste.ts';
import {isSameFailure} from './crash-loop.ts';
import type {Cause} from '../model/cause.ts';
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

/** The target is down: fixes that worked against the same failure relapsed, unless ten minutes passed since. Another failure says nothing about them. */
export function judgeRelapsed(target: TargetState, cause: Cause, at: number): TargetState {
  const known = judgeHealed(target, at);
  return known.fixes
    .filter(fix => isPending(fix) && isSameFailure(causeOf(known, fix), cause))
    .reduce((judged, fix) => {
      const recent = at - fix.at - (fix.healthyAfterMs ?? 0) < CALM_MS;
      return judge(judged, fix, recent ? 'relapsed' : 'healed');
    }, known);
}

/** What a fix was really made for: a manual one for what was wrong then. */
function causeOf({incidents}: TargetState, fix: FixRecord): Cause {
  if (fix.cause !== 'manual') return fix.cause;
  return incidents.find(({number}) => number === fix.incident)?.cause ?? fix.cause;
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
