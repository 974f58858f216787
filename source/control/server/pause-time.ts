import type {Text} from '../../core/model/text.ts';
import {MAX_PAUSE_MS, MIN_PAUSE_MS} from '../../core/model/policy.ts';
import {message} from '../../core/text/message.ts';
import {formatDuration, parseDuration} from '../../format/duration.ts';
import {sanitize} from '../../format/sanitize.ts';

/** Parses the length of a pause, `30m`; `wrong` says why it cannot be used. */
export function pauseMsFrom(
  text: string,
): {readonly kind: 'ms'; readonly ms: number} | {readonly kind: 'wrong'; readonly message: Text} {
  const ms = parseDuration(text);
  if (ms !== undefined && ms >= MIN_PAUSE_MS && ms <= MAX_PAUSE_MS) return {kind: 'ms', ms};
  return {
    kind: 'wrong',
    message: message`for '${sanitize(text, 40)}' is not a usable duration; allowed: ${formatDuration(MIN_PAUSE_MS)} to ${formatDuration(MAX_PAUSE_MS)}, e.g. 30m or 1h30m; without it the pause has no end`,
  };
}
