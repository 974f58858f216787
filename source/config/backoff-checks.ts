import type {Text} from '../core/model/text.ts';
import {message} from '../core/text/message.ts';
import {formatDuration} from '../format/duration.ts';
import {isMapping} from './kind-schema.ts';
import {backoffOptions} from './options/table.ts';
import {isPresetName, presets, type PresetName} from './presets.ts';
import {inWords, type Wording} from './file/complaint-list.ts';

type Mapping = Readonly<Record<string, unknown>>;

/** Finds a first wait above the longest one, in the file or by a preset. A cap below the base of a preset may be meant: it shortens all waits. */
export function backoffChecks(file: Mapping, targets: readonly Mapping[]): readonly Wording[] {
  const {defaults} = file;
  return targets.flatMap((target, index) => {
    const own = target['backoff'] !== undefined;
    const preset = target['preset'] ?? file['preset'] ?? 'test';
    if (typeof preset !== 'string' || !isPresetName(preset)) return [];
    return own
      ? judged(target['backoff'], preset, ['targets', index, 'backoff'])
      : judged(isMapping(defaults) ? defaults['backoff'] : undefined, preset, [
          'defaults',
          'backoff',
        ]);
  });
}

function judged(
  backoff: unknown,
  preset: PresetName,
  path: ReadonlyArray<string | number>,
): readonly Wording[] {
  if (!isMapping(backoff)) return [];
  const base = waitOf(backoff['base'], backoffOptions.base);
  const {capMs} = presets[preset].backoff;
  const cap = backoff['cap'] === undefined ? capMs : waitOf(backoff['cap'], backoffOptions.cap);
  if (base === undefined || cap === undefined || base <= cap) return [];
  const [longest, least] = [formatDuration(cap), formatDuration(base)];
  const complaint = (key: string, text: Text): readonly Wording[] => [
    inWords([...path, key], () => text),
  ];
  return backoff['cap'] === undefined
    ? complaint(
        'base',
        message`is ${least}, above the cap of preset ${preset}, ${longest}; raise that too, e.g. cap: ${least}`,
      )
    : complaint(
        'cap',
        message`is ${longest}, below base, ${least}; cap is the longest wait, e.g. cap: ${least}`,
      );
}

function waitOf(value: unknown, {value: {parse}}: typeof backoffOptions.base): number | undefined {
  return typeof value === 'string' || typeof value === 'number' ? parse(String(value)) : undefined;
}
