import type {Text} from '../model/text.ts';
import {message, messageOf} from '../text/message.ts';
import {span} from '../text/span.ts';
import type {FixAction} from '../model/repair.ts';
import type {TargetState} from '../model/target.ts';

/**
 * The log text for the end of an attempt. The Chinese log has AgentOS's line for a fix, `ACTION, RESULT`, which users count by action:
 * so the one English sentence has a context, and a translation, for each action.
 */

export function succeededText(
  target: TargetState,
  action: FixAction,
  healthyAfterMs: number,
): Text {
  const time = span(healthyAfterMs);
  // The log reported the signal when it was written.
  if (isSignalled(target)) return message`recovered: healthy ${time} after the fix began`;
  return action === 'continue'
    ? messageOf('continue')`recovered: healthy ${time} after the fix began`
    : messageOf('restart')`recovered: healthy ${time} after the fix began`;
}

export function failedText(target: TargetState, action: FixAction, detail: Text): Text {
  if (isSignalled(target)) return message`fix failed: ${detail}`;
  if (action === 'continue') return messageOf('continue')`fix failed: ${detail}`;
  return target.settings.traits.takenByOthers
    ? messageOf('signal')`fix failed: ${detail}`
    : messageOf('restart')`fix failed: ${detail}`;
}

function isSignalled({fixes}: TargetState): boolean {
  return fixes.at(-1)?.result === 'signal_created';
}
