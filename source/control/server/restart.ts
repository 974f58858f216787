import type {Text} from '../../core/model/text.ts';
import {isBeingFixed} from '../../core/phase.ts';
import {message, joined} from '../../core/text/message.ts';
import {span} from '../../core/text/span.ts';
import type {State} from '../../core/model/state.ts';
import type {TargetState} from '../../core/model/target.ts';
import {findTarget, targetsOf} from '../../core/targets.ts';
import type {ControlHost} from './host.ts';
import type {AskBody} from '../../documents/control/ask.ts';
import {nameOf, notRunning, refusal, reply, unknownTarget, type Reply} from './reply.ts';

/** Requests a restart, and resolves to its outcome. `onGone` gets a function to call when the client disconnects, after which the promise never settles. */
export async function restart(
  host: ControlHost,
  {target, wait = true}: AskBody,
  onGone: (forget: () => void) => void,
): Promise<Reply> {
  const {monitor, suggest} = host;
  const before = monitor.getSnapshot();
  const ending = notRunning(before);
  if (ending) return ending;
  const names = targetsOf(before).map(nameOf);
  if (target === undefined && names.length !== 1)
    return refusal(
      400,
      message`there are several: ${names.join(', ')}; say which one to restart, e.g. ${names[0] ?? ''}`,
    );
  const name = target ?? names[0] ?? '';
  const old = findTarget(before, name);
  if (!old) return unknownTarget(before, name, suggest);
  monitor.request({type: 'restart-requested', target: name, by: 'user'});
  const begun = findTarget(monitor.getSnapshot(), name);
  if (!begun || begun.fixCount === old.fixCount || !isBeingFixed(begun.repair))
    return reply(host, 409, joined([name, whyNot(begun)], ': '), [name]);
  if (!wait) return reply(host, 202, message`${name}: restart begun`, [name]);
  return outcome(host, name, begun.fixCount, begun.fixes.at(-1)?.at ?? 0, onGone);
}

function whyNot(target: TargetState | undefined): Text {
  if (target?.paused) return message`no restart: paused; resume first`;
  return target?.lastRefusal?.text ?? message`no restart`;
}

function outcome(
  host: ControlHost,
  name: string,
  attempt: number,
  at: number,
  onGone: (forget: () => void) => void,
): Promise<Reply> {
  const {monitor} = host;
  return new Promise((resolve, reject) => {
    const check = () => {
      try {
        const known = outcomeIn(monitor.getSnapshot(), name, attempt, at);
        if (!known) return;
        stop();
        resolve(reply(host, known.status, joined([name, known.text], ': '), [name]));
      } catch (error) {
        // It runs in the monitor's own turn, which a bug must not break.
        stop();
        reject(error);
      }
    };
    const stop = monitor.subscribe(check);
    onGone(stop);
    check();
  });
}

interface Outcome {
  readonly status: Reply['status'];
  readonly text: Text;
}

/** The outcome of the attempt; undefined while it is under way. */
function outcomeIn(state: State, name: string, attempt: number, at: number): Outcome | undefined {
  const target = findTarget(state, name);
  if (!target)
    return {
      status: 409,
      text: message`restarted; no longer watched, because the config changed meanwhile`,
    };
  if (state.status === 'stopped')
    return {
      status: 503,
      text: message`the restart has begun; agent2 ends before its outcome is known`,
    };
  const {repair} = target;
  if (
    (repair.step === 'fixing' || repair.step === 'verifying') &&
    repair.attempt.number === attempt
  ) {
    return target.paused && repair.step === 'verifying'
      ? {status: 409, text: message`restarted; paused before a check showed whether it is healthy`}
      : undefined;
  }
  const record = target.fixes.find(fix => fix.at === at && fix.cause === 'manual');
  if (record?.result === 'success')
    return {
      status: 200,
      text: message`restarted, healthy after ${span(record.healthyAfterMs ?? 0)}`,
    };
  if (record?.result === 'failed')
    return {
      status: 502,
      text:
        record.detail === undefined
          ? message`restart failed`
          : message`restart failed: ${record.detail}`,
    };
  // The target recovered before the signal was consumed, or a config changed its restart.
  return {status: 409, text: message`the restart was requested; its outcome is unknown`};
}
