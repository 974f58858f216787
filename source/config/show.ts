import {Document, isMap, isScalar, type Pair} from 'yaml';
import {hangDownAfterMs} from '../core/check/hang-time.ts';
import type {Policy} from '../core/model/policy.ts';
import {formatDuration} from '../format/duration.ts';
import {withoutSecrets} from '../format/redact.ts';
import {isMapping} from './kind-schema.ts';
import type {LoadedConfig} from './load.ts';
import {policyKeys, setBy} from './policy-entry.ts';
import {presets} from './presets.ts';
import type {TargetSpec} from './spec.ts';
import {say} from '../core/text/say.ts';

/** A policy value in the words of the file, and its origin: `this target`, `defaults` or `preset prod`. */
interface Effective {
  readonly value: unknown;
  readonly from: string;
}

/** The effective config as plain values: the file's content, with its names for secrets, and the policy of every target with its origins. Redacts literal secrets. */
export function effectiveConfig({path, written: raw, targets, secrets}: LoadedConfig) {
  const written = hidden(raw, secrets);
  const {
    targets: entries,
    defaults = {},
    $schema: _,
    ...top
  } = written as {
    readonly targets: readonly Record<string, unknown>[];
    readonly defaults?: Readonly<Record<string, unknown>>;
    readonly $schema?: string;
  };
  return {
    path,
    ...top,
    targets: entries.map((entry, index) => {
      const spec = targets[index];
      const policy = spec ? policyOf(entry, defaults, spec) : {};
      const rest = Object.fromEntries(
        Object.entries(entry).filter(([key]) => !Object.hasOwn(policy, key)),
      );
      const values = Object.fromEntries(
        Object.entries(policy).map(([word, {value}]) => [word, value]),
      );
      return {
        ...rest,
        preset: spec?.preset,
        ...values,
        ...(spec ? {hangDownAfter: hangTimes(spec)} : {}),
        origins: Object.fromEntries(Object.entries(policy).map(([word, {from}]) => [word, from])),
      };
    }),
  };
}

/** The same as YAML, with the origins as comments. It is a valid config file. */
export function effectiveYaml(config: LoadedConfig): string {
  const {path, targets, ...top} = effectiveConfig(config);
  const document = new Document(
    {...top, targets: targets.map(({origins: _, hangDownAfter: __, ...target}) => target)},
    {aliasDuplicateObjects: false},
  );
  document.commentBefore = ` ${path}`;
  targets.forEach(({origins, hangDownAfter}, index) => {
    const target = document.getIn(['targets', index], true);
    if (!isMap(target)) return;
    target.items.forEach(pair => comment(pair, origins));
    if (hangDownAfter)
      target.comment = ` ${say`a hang is down ${hangDownAfter.idle} after the check that finds it when it is a deadlock, else ${hangDownAfter.other}`}`;
  });
  return document.toString({lineWidth: 0, flowCollectionPadding: false});
}

/** When a hang is called down, counted from the check that finds it, by its kind. */
function hangTimes({preset, overrides}: TargetSpec) {
  const policy: Policy = {...presets[preset], ...overrides};
  return {
    idle: formatDuration(hangDownAfterMs(policy, 'idle')),
    other: formatDuration(hangDownAfterMs(policy, undefined)),
  };
}

function comment(pair: Pair, origins: Readonly<Record<string, string>>): void {
  const origin = isScalar(pair.key) ? origins[String(pair.key.value)] : undefined;
  if (origin === undefined) return;
  if (isScalar(pair.value)) pair.value.comment = ` ${origin}`;
  if (isMap(pair.value)) {
    pair.value.flow = true;
    pair.value.comment = ` ${origin}`;
  }
}

function policyOf(
  entry: Readonly<Record<string, unknown>>,
  defaults: Readonly<Record<string, unknown>>,
  {preset, overrides}: TargetSpec,
): Readonly<Record<string, Effective>> {
  const policy: Policy = {...presets[preset], ...overrides};
  return Object.fromEntries(
    policyKeys.map(key => {
      const [value, from] =
        entry[key] !== undefined
          ? [entry[key], say`this target`]
          : defaults[key] !== undefined
            ? [defaults[key], say`defaults`]
            : [written(setBy(key), policy[setBy(key)]), say`preset ${preset}`];
      // A part of a backoff is completed from the preset.
      return [
        key,
        {
          value:
            isMapping(value) && key === 'backoff'
              ? {...(written('backoff', presets[preset].backoff) as object), ...value}
              : value,
          from,
        },
      ];
    }),
  );
}

function hidden(value: unknown, secrets: readonly string[]): unknown {
  // The user name is never shown elsewhere either.
  if (typeof value === 'string')
    return withoutSecrets(value, secrets).replace(
      /:\/\/([^\s/@?#]*)@/g,
      (url: string, user: string) => (user.includes('${') ? url : '://***@'),
    );
  if (Array.isArray(value)) return value.map((item: unknown) => hidden(item, secrets));
  return isMapping(value)
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, hidden(item, secrets)]))
    : value;
}

/** As one writes it in the file. */
function written(key: keyof Policy, value: Policy[keyof Policy]): unknown {
  if (typeof value === 'number') return key.endsWith('Ms') ? formatDuration(value) : value;
  if ('count' in value) return `${value.count} in ${formatDuration(value.windowMs)}`;
  return {
    base: formatDuration(value.baseMs),
    factor: value.factor,
    cap: formatDuration(value.capMs),
  };
}
