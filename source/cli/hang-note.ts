import {presetNames, presets} from '../config/presets.ts';
import {hangDownAfterMs} from '../core/check/hang-time.ts';
import {say} from '../core/text/say.ts';
import {formatDuration} from '../format/duration.ts';

/** When a hang is called down, by preset and kind; a paragraph of the help. */
export function hangNote(): string {
  const times = presetNames.map(name => {
    const [idle, other] = [
      hangDownAfterMs(presets[name], 'idle'),
      hangDownAfterMs(presets[name], undefined),
    ];
    return say`${name} ${formatDuration(idle)} and ${formatDuration(other)}`;
  });
  return say`A service that accepts and never answers is called down this long after a check finds it, in a deadlock (Linux) and in any other hang: ${times.join(', ')}.`;
}
