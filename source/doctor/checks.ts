import {render, say} from '../core/text/say.ts';
import {typed} from '../format/shell-words.ts';
import type {Examination} from './shared/scene.ts';

/** Runs the target's own checks. */
export const definition: Examination = {
  order: 50,
  about: 'target',
  what: () => say`checks`,
  finds: "the service's own checks",
  async examine(subject, scene) {
    if (subject.spec.checks.length === 0) return [];
    const observation = await scene.observe(subject);
    if (observation.kind === 'inconclusive')
      return [{id: 'checks_unknown', level: 'skipped', seen: render(observation.reason)}];
    const own = new Set(subject.spec.checks.map(({name}) => name));
    const faults =
      observation.kind === 'failed' ? observation.faults.filter(({probe}) => own.has(probe)) : [];
    const warnings =
      observation.kind === 'ok'
        ? (observation.warnings ?? []).filter(({probe}) => own.has(probe))
        : [];
    const next = `agent2 check${scene.config === undefined ? '' : ` --config ${typed([scene.config])}`} --json`;
    const remarks = [
      ...faults.map(
        ({kind, text}) => ({id: kind, level: 'fail', seen: render(text), next}) as const,
      ),
      ...warnings.map(
        ({kind, text}) => ({id: kind, level: 'warn', seen: render(text), next}) as const,
      ),
    ];
    const seen = Object.values(observation.readings.checks ?? {}).length;
    return remarks.length > 0 || seen === 0
      ? remarks
      : [{id: 'checks', level: 'ok', seen: say`${seen} of ${own.size} are ok`}];
  },
};
