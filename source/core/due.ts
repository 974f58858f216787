import {resumed} from './controls.ts';
import {isHard} from './check/diagnosis.ts';
import {signalUntaken} from './fix/untaken.ts';
import {endUnproven, failAttempt} from './fix/attempt.ts';
import {afterSlowStart} from './fix/start-grace.ts';
import {unprovenOf} from './fix/verification.ts';
import {chain, type Step} from './notice.ts';
import type {Text} from './model/text.ts';
import {joined, message} from './text/message.ts';
import {span} from './text/span.ts';
import {stalled} from './stall.ts';
import {nextDue, repairDueAt} from './next-due.ts';
import type {TargetState} from './model/target.ts';

/** A later tick shows that agent2 stalled: nothing was verified meanwhile, so nothing failed. */
const LATE_MS = 1_000;

/** Runs every pending action of a target that is due. */
export function due(target: TargetState, at: number): Step {
  if (target.paused) return at < nextDue(target) ? [target, []] : resumed(target, at);
  return chain(
    target,
    target => stalled(target, nextDue(target), at),
    target => repairDue(target, at),
    target => checkDue(target, at),
  );
}

function repairDue(target: TargetState, at: number): Step {
  const {repair} = target;
  if (at < repairDueAt(repair, target.health.successes > 0)) return [target, []];
  switch (repair.step) {
    case 'looking':
    case 'settling':
      return inspect(target);
    case 'waiting':
      if (target.incident?.faults.some(isHard)) return inspect(target);
      return [
        {
          ...target,
          repair: {step: 'idle'},
          check:
            target.check.state === 'running' ? target.check : {state: 'idle', dueAt: at, tries: 0},
        },
        [],
      ];
    case 'verifying':
      if (at > repair.untilAt + LATE_MS)
        return [
          {...target, repair: {...repair, untilAt: at + target.policy.timeoutMs + LATE_MS}},
          [],
        ];
      if (repair.attempt.awaiting && !repair.attempt.manual)
        return signalUntaken(target, unverified(target), at);
      return verificationOver(target, at);
    default:
      return [target, []];
  }
}

function verificationOver(target: TargetState, at: number): Step {
  const {repair, lastCheck} = target;
  if (repair.step !== 'verifying') return [target, []];
  const unproven =
    lastCheck && lastCheck.at >= repair.since ? unprovenOf(lastCheck.observation) : undefined;
  if (unproven !== undefined) return endUnproven(target, unproven, at);
  return failAttempt(
    repair.attempt.awaiting ? target : afterSlowStart(target),
    unverified(target),
    !(repair.attempt.awaiting && repair.attempt.manual),
    at,
  );
}

function inspect(target: TargetState): Step {
  return [
    {...target, repair: {step: 'looking', at: Infinity}},
    [{type: 'inspect', target: target.settings.name, epoch: target.epoch}],
  ];
}

function unverified(target: TargetState): Text {
  if (target.repair.step !== 'verifying') return '';
  const {attempt, since, untilAt} = target.repair;
  const grace = span(untilAt - since);
  if (attempt.awaiting) {
    // Only a target of a config file has a fingerprint.
    const otherFix =
      target.settings.fingerprint === ''
        ? "--restart 'agentos webui restart'"
        : '{use: command, restart: agentos webui restart}';
    return message`no process consumed restart_signal within ${grace}; is Agent1 running? agent2 can restart it itself: ${otherFix}`;
  }
  const last = target.incident?.faults[0];
  if (!last) return message`not healthy within ${grace} after the fix`;
  const seen = joined([last.text, holderText(target)], message`; `);
  return message`not healthy within ${grace} after the fix: ${seen}`;
}

/** Who holds the port of a process that is gone: a start beside it fails. */
function holderText({lastCheck}: TargetState): Text | undefined {
  return lastCheck?.observation.kind === 'failed'
    ? lastCheck.observation.warnings?.find(({kind}) => kind === 'port_foreign')?.text
    : undefined;
}

function checkDue(target: TargetState, at: number): Step {
  const {check} = target;
  if (check.state === 'running' || at < check.dueAt) return [target, []];
  return [
    {...target, check: {state: 'running', startedAt: at, tries: check.tries}},
    [{type: 'check', target: target.settings.name, epoch: target.epoch}],
  ];
}
