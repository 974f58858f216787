import type {Text} from '../core/model/text.ts';
import {message} from '../core/text/message.ts';
import type {State} from '../core/model/state.ts';
import type {TargetState} from '../core/model/target.ts';
import {phaseOf} from '../core/phase.ts';
import {targetsOf} from '../core/targets.ts';

const WORST_FIRST = ['down', 'unknown', 'warn', 'ok'] as const;
const MOST_NAMES = 3;

/** One line for a service manager: the only target, or the worst health and the number of each. Words of the contract stay untranslated. */
export function serviceStatus(state: State): Text {
  const [first, ...others] = targetsOf(state);
  if (!first) return message`nothing to watch`;
  if (others.length === 0) return conditionOf(state, first);
  const groups = WORST_FIRST.map(level => ({
    level,
    targets: targetsOf(state).filter(({health}) => health.level === level),
  })).filter(({targets}) => targets.length > 0);
  return `${groups[0]?.level}: ${groups.map(({level, targets}) => `${targets.length} ${level}${level === 'ok' ? '' : ` (${namesOf(targets)})`}`).join(', ')}`;
}

function conditionOf(state: State, target: TargetState): string {
  const phase = phaseOf(state, target);
  return `${target.settings.name}: ${target.health.level}${phase === 'monitoring' ? '' : `, ${phase}`}`;
}

function namesOf(targets: readonly TargetState[]): string {
  const names = targets.slice(0, MOST_NAMES).map(({settings}) => settings.name);
  return [...names, ...(targets.length > MOST_NAMES ? ['…'] : [])].join(' ');
}
