import {overridesOf} from '../config/target-options.ts';
import type {Policy} from '../core/model/policy.ts';
import type {State, TargetState} from '../core/model/state.ts';
import {splitWords} from '../format/words.ts';
import type {MonitorOptions, ScreenOptions} from '../cli/options.ts';
import {targetsOf} from '../core/targets.ts';

/**
 * Those of the options that a monitor which runs already does not go by, as they were typed. What it does go by all the same is none of them; what cannot be told
 * is. Throws a `UsageError` for what is wrong in itself.
 */
export function notApplied(
  options: MonitorOptions & ScreenOptions,
  child: readonly string[] | undefined,
  state: State,
  actionOf: (target: string) => string | undefined,
): readonly string[] {
  const targets = targetsOf(state);
  const some = (differs: (target: TargetState) => boolean) => targets.some(differs);
  const policy = overridesOf(options);
  const differs = (key: keyof Policy) =>
    policy[key] !== undefined && some(target => target.policy[key] !== policy[key]);
  const runs = (words: readonly string[]) =>
    targets.length === 1 && words.join(' ') === actionOf(targets[0]?.settings.name ?? '');
  const unit = options.unit?.replace(/^user:/, '');
  const all: ReadonlyArray<readonly [text: string, concerned: boolean]> = [
    [
      `--preset ${options.preset}`,
      options.preset !== undefined && some(({preset}) => preset !== options.preset),
    ],
    [`--interval ${options.interval}`, differs('intervalMs')],
    [`--timeout ${options.timeout}`, differs('timeoutMs')],
    [`--slow ${options.slow}`, differs('slowMs')],
    [`--threshold ${options.threshold}`, differs('failureThreshold')],
    [`--retries ${options.retries}`, differs('retries')],
    ['--observe', options.observe === true && some(({observing}) => !observing)],
    ['--restart', options.restart !== undefined && !runs(wordsOf(options.restart))],
    [
      `--unit ${options.unit}`,
      unit !== undefined &&
        !some(
          ({settings}) =>
            actionOf(settings.name)
              ?.split(' ')
              .some(word => word === unit || word === `${unit}.service`) === true,
        ),
    ],
    ['-- CMD', child !== undefined && !runs(child)],
    ['--pid-file', options.pidFile !== undefined],
    ['--process-name', options.processName !== undefined],
    ['--expect', options.expect !== undefined],
    ['--record', options.record !== undefined],
    ['--log-level', options.logLevel !== undefined],
    ['--log-format', options.logFormat !== undefined],
    ['--on-hangup', options.onHangup !== undefined],
  ];
  return all.flatMap(([text, concerned]) => (concerned ? [text] : []));
}

function wordsOf(text: string): readonly string[] {
  const split = splitWords(text);
  return split.kind === 'words' ? split.words : [];
}
