import {isDeepStrictEqual} from 'node:util';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {nextDue, nextWake} from '../../source/core/next-due.ts';
import type {Scope} from '../../source/core/scope.ts';
import {findTarget, newTargets, targetsOf} from '../../source/core/targets.ts';
import {update} from '../../source/core/update.ts';
import {live, setups, shapes, timelines} from '../helpers/virtual/timeline.ts';
import type {Step} from '../helpers/virtual/world.ts';

/** Looks at all targets at every event. */
const everybody: Scope = {
  due: state => [...targetsOf(state).keys()],
  changes: (before, after) =>
    targetsOf(after).map((is, place) => ({
      place,
      was: findTarget(before, is.settings.name),
      is,
    })),
  affected: (_, after) => [...targetsOf(after).keys()],
};

test.each(Object.entries(shapes))(
  'examining all of %s gives the same result as examining the affected targets',
  (_, shape) => {
    fc.assert(
      fc.property(setups(shape), timelines(), (setup, commands) => {
        live(setup, commands, world => world.observe(step => comesToTheSame(step)));
      }),
      {numRuns: 10, interruptAfterTimeLimit: 1_000, seed: 20_261_125},
    );
  },
  30_000,
);

function comesToTheSame({event, before, after, effects}: Step): void {
  const [state, all] = update(before, event, everybody);
  same(all, effects);
  same(state, after);
  // What is known of all targets beside them is what they say themselves.
  same(after.targets, newTargets(targetsOf(after)));
  if (after.status === 'monitoring')
    expect(nextWake(after)).toBe(Math.min(...targetsOf(after).map(nextDue)));
}

/** An expectation takes much longer to see that two states are one. */
function same(is: unknown, wanted: unknown): void {
  if (!isDeepStrictEqual(is, wanted)) expect(is).toStrictEqual(wanted);
}
