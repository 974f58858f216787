import {askedOf, diagnose} from '../../../../source/core/check/diagnosis.ts';
import {fixesOf, isManual, known, minutes, type Rule} from './rule.ts';

/** What a restart cannot mend, and who asks to be left alone. */
export const sparing: Readonly<Record<string, Rule>> = {
  'an answer about the question is no reason for a fix': () => ({
    step(step) {
      for (const fix of fixesOf(step).filter(fix => !isManual(step, fix))) {
        const target = known(step.before, fix.target);
        const seen = step.event.type === 'observed' ? step.event.observation : undefined;
        const causes = [
          fix.request.cause,
          ...(seen?.kind === 'failed' ? [diagnose(seen.faults, askedOf(target))] : []),
        ];
        for (const cause of causes)
          if (cause === 'probe_wrong' || cause === 'refused')
            throw new Error(`${fix.target} is fixed for ${cause}`);
      }
    },
  }),

  'what a restart does not mend gets one attempt in an incident at most': () => ({
    step(step) {
      for (const fix of fixesOf(step).filter(fix => !isManual(step, fix)))
        if (
          fix.request.cause === 'elsewhere' &&
          (known(step.before, fix.target).incident?.fixes ?? 0) > 0
        )
          throw new Error(`${fix.target} is fixed once more for ${fix.request.cause}`);
    },
  }),

  'a service that asks for time gets it, for ten minutes at most': world => ({
    step(step) {
      if (step.event.type !== 'observed' || step.event.observation.kind !== 'failed') return;
      const [fault, ...others] = step.event.observation.faults;
      const asks = fault.kind === 'status_unexpected' && fault.retryAfterMs !== undefined;
      if (!asks || others.length > 0) return;
      for (const fix of fixesOf(step).filter(fix => !isManual(step, fix))) {
        const {incident} = known(step.before, fix.target);
        if (world.now() < (incident?.startedAt ?? world.now()) + minutes(10))
          throw new Error(`${fix.target} is fixed although it asked for time`);
      }
    },
  }),
};
