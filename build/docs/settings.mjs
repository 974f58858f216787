import {importTypescript} from '../import-typescript.mjs';
import {table} from '../markdown.mjs';

/** Every timing and limit: its key in the config file, its option where `agent2 run` or `backtest` has one, its meaning, its allowed values, and its value in each preset. */
export async function print() {
  const {policyOptions, presets, presetNames, runOptions, formatDuration} = await importTypescript(
    'source/config/options/table.ts',
    'source/config/presets.ts',
    'source/cli/run-options.ts',
    'source/format/duration.ts',
  );
  const shown = (policy, value) => {
    if (typeof value === 'object') return `${value.count} in ${formatDuration(value.windowMs)}`;
    return policy.endsWith('Ms') ? formatDuration(value) : String(value);
  };
  const optionOf = key =>
    Object.hasOwn(runOptions, key)
      ? `\`--${key}\``
      : key === 'recovery'
        ? '`backtest --recovery`'
        : '';
  return table(
    ['key', 'option', 'means', ...presetNames],
    Object.entries(policyOptions).map(([key, {policy, help}]) => [
      `\`${key}\``,
      optionOf(key),
      help(),
      ...presetNames.map(name => shown(policy, presets[name][policy])),
    ]),
  );
}
