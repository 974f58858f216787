import {issueOf} from '../causes.ts';
import {isConcerning} from '../faults.ts';
import {withFix} from '../fix/records.ts';
import type {Fault} from '../model/fault.ts';
import type {Observation} from '../model/observation.ts';
import type {FixRecord} from '../model/repair.ts';
import type {TargetState, Warned} from '../model/target.ts';
import {chain, notify, type Step} from '../notice.ts';
import {message} from '../text/message.ts';

/** The warnings of checks: each is logged once an episode, and none is a reason to restart. */

/** Logs each warning once an episode and never restarts for it; a slow answer also becomes a fix record, as in AgentOS. */
export function warnings(target: TargetState, warnings: readonly Fault[], at: number): Step {
  const warned = warnings.map(warningOf);
  const fresh = warnings.filter(warning => !target.warned.some(({key}) => key === keyOf(warning)));
  const level =
    isConcerning(warnings) && target.health.level === 'ok' ? 'warn' : target.health.level;
  const noted: TargetState =
    warned.length === 0 && target.warned.length === 0
      ? target
      : {...target, warned, health: {...target.health, level}};
  return chain(
    noted,
    ...fresh.map(warning => (target: TargetState): Step => {
      const record: FixRecord = {
        at,
        issue: issueOf('slow'),
        cause: 'slow',
        action: 'none',
        result: 'warning_logged',
        detail: warning.text,
      };
      const fixes = warning.kind === 'slow' ? withFix(target.fixes, record) : target.fixes;
      return notify(
        {...target, fixes},
        {
          at,
          level: 'warning',
          kind: 'warn',
          text:
            warning.kind === 'slow'
              ? message`slow: ${warning.text}`
              : message`warning: ${warning.text}`,
        },
      );
    }),
  );
}

/** Logs the warnings of a failed check or inspection, such as an unusable pid file; ends no episode, since a failed check does not see everything. */
export function warnedBeside(
  target: TargetState,
  {warnings = []}: Pick<Extract<Observation, {kind: 'failed'}>, 'warnings'>,
  at: number,
): Step {
  const fresh = warnings.filter(
    warning => warning.kind !== 'slow' && !target.warned.some(({key}) => key === keyOf(warning)),
  );
  return chain(
    {...target, warned: [...target.warned, ...fresh.map(warningOf)]},
    ...fresh.map(
      ({text}) =>
        (target: TargetState): Step =>
          notify(target, {at, level: 'warning', kind: 'warn', text: message`warning: ${text}`}),
    ),
  );
}

function warningOf(warning: Fault): Warned {
  return {key: keyOf(warning), kind: warning.kind, text: warning.text};
}

/** Logs a certificate again at each of its limits, and a pid file when another thing is wrong with it. */
function keyOf(warning: Fault): string {
  const episode =
    warning.kind === 'tls_expiring'
      ? ` ${warning.limitDays}`
      : warning.kind === 'pid_file_invalid'
        ? ` ${JSON.stringify(warning.text)}`
        : '';
  return `${warning.probe} ${warning.kind}${episode}`;
}
