import {importTypescript} from '../import-typescript.mjs';
import {table} from '../markdown.mjs';

const KINDS = {
  'a deadlock (`hung: idle`)': 'idle',
  'any other hang': undefined,
};

/** When a hang is down, by kind and preset, counted from the start of the first check that meets it. */
export async function print() {
  const {hangDownAfterMs, presets, presetNames, formatDuration} = await importTypescript(
    'source/core/check/hang-time.ts',
    'source/config/presets.ts',
    'source/format/duration.ts',
  );
  return table(
    ['a hang is down after', ...presetNames],
    Object.entries(KINDS).map(([words, kind]) => [
      words,
      ...presetNames.map(name => formatDuration(hangDownAfterMs(presets[name], kind))),
    ]),
  );
}
