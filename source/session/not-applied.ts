import type {Text} from '../core/model/text.ts';
import type {runOptions} from '../cli/run-options.ts';
import type {screenOptions} from '../cli/screen-options.ts';
import {flagOf} from '../cli/flags.ts';
import {policyOptions, sharedOptions} from '../config/options/table.ts';
import type {GivenOf, OptionsOf} from '../contracts/command.ts';
import type {State} from '../core/model/state.ts';
import type {TargetState} from '../core/model/target.ts';
import {targetsOf} from '../core/targets.ts';
import {keysOf} from '../format/keys-of.ts';
import {outsideOf} from '../core/text/message.ts';

type Rows = typeof runOptions & typeof screenOptions;

/** The typed options of a command that shows a running monitor. */
export interface AttachRequest {
  readonly options: OptionsOf<Rows>;
  readonly given: GivenOf<Rows>;
  readonly child: readonly string[] | undefined;
}

/** Options that choose the monitor, or concern only the screen: they always apply. */
const OBEYED: ReadonlySet<string> = new Set([
  'config',
  'name',
  'port',
  'stateDir',
  'readOnly',
  'theme',
  'color',
  'ascii',
  'lang',
] satisfies readonly (keyof Rows | 'lang')[]);

/** Options whose values are short and contain no secret. */
const SHOWN: ReadonlySet<string> = new Set([...keysOf(sharedOptions), 'unit']);

/** The typed options that a running monitor ignores. Leaves out those whose value it already has; includes those that cannot be compared. */
export function notApplied(
  {options, given, child}: AttachRequest,
  state: State,
  actionOf: (target: string) => Text | undefined,
): readonly string[] {
  const targets = targetsOf(state);
  const ignored = keysOf(given).filter(
    name => !OBEYED.has(name) && !isFollowed(name, options, targets, actionOf),
  );
  return [
    ...ignored.map(name => {
      const value = given[name];
      return typeof value === 'object' && SHOWN.has(name)
        ? `${flagOf(name)} ${value.join(' ')}`
        : flagOf(name);
    }),
    ...(child === undefined || runs(child, targets, actionOf) ? [] : ['-- CMD']),
  ];
}

function isFollowed(
  name: keyof Rows,
  options: OptionsOf<Rows>,
  targets: readonly TargetState[],
  actionOf: (target: string) => Text | undefined,
): boolean {
  switch (name) {
    case 'preset':
      return targets.every(({preset}) => preset === options.preset);
    case 'interval':
    case 'timeout':
    case 'slow':
    case 'threshold':
    case 'retries':
      return targets.every(({policy}) => policy[policyOptions[name].policy] === options[name]);
    case 'observe':
      return targets.every(({observing}) => observing);
    case 'restart':
      return runs(options.restart ?? [], targets, actionOf);
    case 'unit':
      return targets.some(({settings}) =>
        outsideOf(actionOf(settings.name) ?? '')
          .split(' ')
          .some(word => word === options.unit?.unit || `${word}.service` === options.unit?.unit),
      );
    default:
      return false;
  }
}

/** Whether these words restart the only target. */
function runs(
  words: readonly string[],
  targets: readonly TargetState[],
  actionOf: (target: string) => Text | undefined,
): boolean {
  return targets.length === 1 && words.join(' ') === actionOf(targets[0]?.settings.name ?? '');
}
