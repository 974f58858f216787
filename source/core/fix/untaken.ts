import type {Text} from '../model/text.ts';
import type {TargetState} from '../model/target.ts';
import {chain, notify, type Step} from '../notice.ts';
import {message} from '../text/message.ts';
import {failedText} from './outcome-text.ts';
import {withLastFix} from './records.ts';
import {countFix, uncountFix} from './waste.ts';

/** A restart signal that nobody takes: whoever restarts the service may come later, and must find it. */

/** The start grace is over and the signal is still there: tells it once, and waits on. The signal restarted nothing, so it costs nothing. */
export function signalUntaken(target: TargetState, detail: Text, at: number): Step {
  const {repair} = target;
  if (repair.step !== 'verifying') return [target, []];
  const {attempt} = repair;
  const waiting: TargetState = {
    ...uncountFix(withLastFix(target, {result: 'failed', detail}), attempt.startedAt),
    repair: {...repair, attempt: {...attempt, untaken: true}, untilAt: Infinity},
    graceUntil: undefined,
  };
  return chain(
    waiting,
    next =>
      notify(next, {
        at,
        level: 'error',
        kind: 'fix',
        text: failedText(target, attempt.action, detail),
      }),
    next => [next, [{type: 'write-status'}]],
  );
}

/** Somebody took it after all: it is a fix like any other from now on. */
export function takenLate(target: TargetState, at: number): TargetState {
  const {repair} = target;
  if (repair.step !== 'verifying' || !repair.attempt.untaken) return target;
  return countFix(withLastFix(target, {result: 'signal_created'}), repair.attempt.manual, at);
}

/** Withdraws a signal that nobody took: the next verdict asks anew. */
export function withdrawn(target: TargetState): Step {
  const {repair} = target;
  if (repair.step !== 'verifying' || !repair.attempt.untaken) return [target, []];
  return [
    {...target, repair: {step: 'idle'}},
    [{type: 'cancel-fix', target: target.settings.name}],
  ];
}

/** Why a restart is refused meanwhile; undefined when nothing is untaken. */
export function untakenText({repair}: TargetState): Text | undefined {
  return repair.step === 'verifying' && repair.attempt.untaken
    ? message`restart_signal is written, and no process has consumed it yet`
    : undefined;
}
