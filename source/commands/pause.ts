import {defineCommand, UsageError} from '../contracts/command.ts';
import {timeSpan} from '../config/options/values.ts';
import {MAX_PAUSE_MS, MIN_PAUSE_MS} from '../core/model/policy.ts';
import {message} from '../core/text/message.ts';
import {say} from '../core/text/say.ts';
import {definedOnly} from '../format/defined-only.ts';
import {askMonitor} from '../instances/ask.ts';
import {jsonOption, selectorOptions} from '../cli/selector-options.ts';

export const definition = defineCommand({
  group: 'ask',
  summary: () => say`stops checking and repairing one target or all for a while`,
  words: {target: {completion: 'target'}},
  options: {
    for: {
      value: timeSpan(MIN_PAUSE_MS, MAX_PAUSE_MS, '30m'),
      help: () => say`how long, at most 30d (default: until agent2 resume)`,
    },
    ...selectorOptions,
    json: jsonOption,
  },
  examples: ['agent2 pause --for 30m', 'agent2 pause web'],
  run({words: {target}, options, given, out}) {
    const time = given.for?.[0];
    if (/^\d+$/.test(time ?? '') && UNIT.test(target ?? ''))
      throw new UsageError(
        message`--for ${time ?? ''} ${target ?? ''} is read as two arguments, the second as a target; write one word, e.g. --for ${time ?? ''}${(target ?? '').charAt(0).toLowerCase()}`,
      );
    return askMonitor({
      what: 'pause',
      body: definedOnly({target, for: time}),
      selector: options,
      json: options.json ?? false,
      out,
    });
  },
});

/** Units that people write and agent2 does not accept: `30 min` instead of `30m`. */
const UNIT = /^(secs?|seconds?|mins?|minutes?|hours?|days?)$/i;
