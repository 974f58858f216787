import type {HealthLevel} from '../../../core/model/health.ts';
import type {CheckReading} from '../../../core/model/observation.ts';
import {render, say} from '../../../core/text/say.ts';
import type {TargetState} from '../../../core/model/target.ts';
import {displayWidth, fit} from '../../../format/width.ts';
import {faultWord} from '../../text/fault-words.ts';
import {findings} from '../../state/findings.ts';
import {muted, span, type Line} from '../../text/spans.ts';
import {LEVEL_TONE, type Symbols} from '../../text/symbols.ts';

/**
 * A row for each of the target's own checks, at most `most` (at least 1) rows. When they do not fit, the worst come first and the last row
 * counts the rest.
 */
export function checkRows(target: TargetState, most: number, symbols: Symbols): readonly Line[] {
  const checks = checksOf(target);
  const label = Math.min(
    WIDEST,
    Math.max(NARROWEST, ...checks.map(({name}) => displayWidth(name) + 1)),
  );
  const rowOf = ({name, level, text}: SeenCheck): Line => [
    muted(`${fit(name, label - 1, symbols.ellipsis)} `),
    span(symbols.level[level], LEVEL_TONE[level], true),
    ' ',
    span(text, level === 'ok' ? undefined : LEVEL_TONE[level]),
  ];
  if (checks.length <= most) return checks.map(rowOf);
  const worstFirst = checks.toSorted((a, b) => BADNESS[b.level] - BADNESS[a.level]);
  if (most < 2)
    return worstFirst
      .slice(0, 1)
      .map((check): Line => [...rowOf({...check, text: say`+${checks.length - 1} more`})]);
  return [
    ...worstFirst.slice(0, most - 1).map(rowOf),
    [muted(`${' '.repeat(label)}${say`+${checks.length - most + 1} more`}`)],
  ];
}

/** The width of a check name: at least that of the built-in probes, and at most one that leaves room for the finding. */
const NARROWEST = 9;
const WIDEST = 15;

const BADNESS: Readonly<Record<HealthLevel, number>> = {ok: 0, unknown: 1, warn: 2, down: 3};

interface SeenCheck {
  readonly name: string;
  readonly level: HealthLevel;
  readonly text: string;
}

/** The checks with a reading, and those that the last check blames without one. */
function checksOf(target: TargetState): readonly SeenCheck[] {
  const readings = target.readings.checks ?? {};
  const blamed = findings(target);
  const read = Object.entries(readings).map(([name, reading]): SeenCheck => {
    const finding = blamed.find(({fault}) => fault.probe === name);
    return {name, level: finding?.level ?? levelOf(reading), text: render(reading.text)};
  });
  const unread = blamed.filter(
    ({fault}, index) =>
      !OWN.has(fault.probe) &&
      !(fault.probe in readings) &&
      blamed.findIndex(other => other.fault.probe === fault.probe) === index,
  );
  return [
    ...read,
    ...unread.map(({level, fault}): SeenCheck => ({
      name: fault.probe,
      level,
      text: faultWord(fault.kind),
    })),
  ];
}

/** The built-in probes, which have rows of their own. */
const OWN: ReadonlySet<string> = new Set(['process', 'port', 'api']);

function levelOf({state}: CheckReading): HealthLevel {
  return state === 'failed' ? 'down' : state;
}
