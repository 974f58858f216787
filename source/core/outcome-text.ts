import {say, sayOf} from './text/say.ts';
import {span} from './text/span.ts';
import type {FixAction, TargetState} from './model/state.ts';

/**
 * How the end of an attempt is told. Those who come from AgentOS count its line for a fix, `ACTION, RESULT`, once for each attempt and by its
 * action: what is one sentence in English is one for each action there.
 */

export function succeededText(
  target: TargetState,
  action: FixAction,
  healthyAfterMs: number,
): string {
  const time = span(healthyAfterMs);
  // Of a signal that lay there people were told when it was written.
  if (isSignalled(target)) return say`recovered: healthy ${time} after the fix began`;
  return action === 'continue'
    ? sayOf('continue')`recovered: healthy ${time} after the fix began`
    : sayOf('restart')`recovered: healthy ${time} after the fix began`;
}

export function failedText(target: TargetState, action: FixAction, detail: string): string {
  if (isSignalled(target)) return say`fix failed: ${detail}`;
  if (action === 'continue') return sayOf('continue')`fix failed: ${detail}`;
  return target.settings.traits.takenByOthers
    ? sayOf('signal')`fix failed: ${detail}`
    : sayOf('restart')`fix failed: ${detail}`;
}

function isSignalled({fixes}: TargetState): boolean {
  return fixes.at(-1)?.result === 'signal_created';
}
