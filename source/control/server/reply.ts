import type {Text} from '../../core/model/text.ts';
import {message} from '../../core/text/message.ts';
import type {State} from '../../core/model/state.ts';
import type {TargetState} from '../../core/model/target.ts';
import {targetDocument} from '../../documents/status.ts';
import {sanitize} from '../../format/sanitize.ts';
import type {ControlHost} from './host.ts';
import type {Answer} from '../../documents/control/answer.ts';
import {targetsOf} from '../../core/targets.ts';

/** An answer with its HTTP status. */
export interface Reply {
  readonly status: 200 | 202 | 400 | 404 | 409 | 502 | 503;
  readonly answer: Answer;
}

/** An answer with the present documents of the targets `names`. */
export function reply(
  {monitor}: ControlHost,
  status: Reply['status'],
  text: Text,
  names: readonly string[] = [],
): Reply {
  const state = monitor.getSnapshot();
  const targets = targetsOf(state)
    .filter(({settings}) => names.includes(settings.name))
    .map(target => targetDocument(state, target, monitor.now()));
  return {status, answer: {ok: status < 300, text, ...(targets.length > 0 ? {targets} : {})}};
}

/** The answer to a request that is wrong, or cannot be done now. */
export function refusal(status: 400 | 404 | 503, text: Text): Reply {
  return {status, answer: {ok: false, text}};
}

export function unknownTarget(state: State, name: string, suggest: ControlHost['suggest']): Reply {
  const names = targetsOf(state).map(({settings}) => settings.name);
  return refusal(
    404,
    message`there is no target '${sanitize(name, 63)}'; the targets are ${names.join(', ')}${suggest(name, names)}`,
  );
}

export function unknownPreset(
  {presets}: State,
  name: string,
  suggest: ControlHost['suggest'],
): Reply {
  const names = Object.keys(presets);
  return refusal(
    400,
    message`there is no preset '${sanitize(name, 40)}'; the presets are ${names.join(', ')}${suggest(name, names)}`,
  );
}

/** Refuses a request while the loop does not run. */
export function notRunning({status}: State): Reply | undefined {
  return status === 'monitoring'
    ? undefined
    : refusal(503, message`agent2 is ending and accepts no more changes`);
}

export function nameOf({settings}: TargetState): string {
  return settings.name;
}
