import {incidentCause} from '../../core/check/diagnosis.ts';
import {say} from '../../core/text/say.ts';
import type {FixRecord} from '../../core/model/repair.ts';
import type {State} from '../../core/model/state.ts';
import type {Blocker, Phase, TargetState} from '../../core/model/target.ts';
import {phaseOf} from '../../core/phase.ts';
import type {HealthLevel} from '../../core/model/health.ts';
import {formatMs} from '../../format/number.ts';
import {faultWord} from '../text/fault-words.ts';

/** The content of a line about one of several targets. */
export interface TargetRow {
  readonly name: string;
  readonly level: HealthLevel;
  readonly phase: Phase;
  /** Its cause, and the target that it waits for: `crashed, after db`. */
  readonly note: string;
  readonly latency: string;
  readonly lastFix: FixRecord | undefined;
}

export function targetRow(status: State['status'], target: TargetState): TargetRow {
  const {settings, health, fixes} = target;
  return {
    name: settings.name,
    level: health.level,
    phase: phaseOf({status}, target),
    note: noteOf(target),
    latency: latencyText(target),
    lastFix: fixes.at(-1),
  };
}

/**
 * Whether two snapshots of an unselected target give the same line. Ignores the response time, which changes with every check: the next
 * change draws it.
 */
export function rowLooksSame(a: TargetState, b: TargetState): boolean {
  if (a === b) return true;
  const before = targetRow('monitoring', a);
  const after = targetRow('monitoring', b);
  return (['name', 'level', 'phase', 'note', 'lastFix'] as const).every(
    key => before[key] === after[key],
  );
}

/** The response time of the last check; empty without one. */
export function latencyText({lastCheck}: TargetState): string {
  const observation = lastCheck?.observation;
  if (!observation || observation.kind === 'inconclusive' || observation.latencyMs === undefined)
    return '';
  return formatMs(observation.latencyMs);
}

/** `after db`: the target that a fix waits for; undefined when it does not wait. */
export function waitingWords(blockedBy: Blocker | undefined): string | undefined {
  if (!blockedBy) return undefined;
  switch (blockedBy.reason) {
    case 'heal budget':
      return say`heal budget used up`;
    case 'suspicion':
    case 'canary':
      return say`common cause`;
    default:
      return say`after ${blockedBy.target}`;
  }
}

function noteOf({
  incident,
  repair,
  blockedBy,
  warned,
  health,
  observing,
  settings,
}: TargetState): string {
  const [warning] = warned;
  const notes = [
    incident
      ? incidentCause(incident, settings.local)
      : health.level === 'warn' && warning
        ? faultWord(warning.kind)
        : undefined,
    repair.step === 'deferred' ? waitingWords(blockedBy) : undefined,
    health.flapping ? say`flapping` : undefined,
    observing || !settings.traits.heals ? say`observe only` : undefined,
  ];
  return notes.filter(note => note !== undefined).join(', ');
}
