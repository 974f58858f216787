import fc from 'fast-check';
import {test} from 'vitest';
import {acting} from '../helpers/virtual/promises/acting.ts';
import {logging} from '../helpers/virtual/promises/logging.ts';
import {spending} from '../helpers/virtual/promises/spending.ts';
import {sparing} from '../helpers/virtual/promises/sparing.ts';
import {live, setups, shapes, timelines} from '../helpers/virtual/timeline.ts';

/** For each shape of dependencies; a busy machine sees fewer lives. Who gives more seconds gets lives that nobody has seen; else they are the same each time, so that a change is blamed for what it broke. */
const EXPLORING = process.env.MODEL_SECONDS !== undefined;
const SECONDS = Number(process.env.MODEL_SECONDS ?? 1);
const SEED = 20_261_125;

/** Hundreds of lives, thousands with `MODEL_SECONDS=60`; every promise is watched in each. */
test.each(Object.entries(shapes))(
  'agent2 keeps every promise to %s in random lives',
  (_, shape) => {
    fc.assert(
      fc.property(setups(shape), timelines(), (setup, commands) => {
        const ends: Array<() => void> = [];
        live(setup, commands, (world, model) => {
          for (const [sentence, rule] of Object.entries({
            ...acting,
            ...spending,
            ...logging,
            ...sparing,
          })) {
            const {step, end} = rule(world, model);
            if (step) world.observe(each => kept(sentence, () => step(each)));
            if (end) ends.push(() => kept(sentence, end));
          }
        });
        for (const end of ends) end();
      }),
      {
        numRuns: 100 * SECONDS,
        interruptAfterTimeLimit: SECONDS * 1_000,
        ...(EXPLORING ? {} : {seed: SEED}),
      },
    );
  },
);

function kept(sentence: string, look: () => void): void {
  try {
    look();
  } catch (error) {
    throw new Error(
      `a promise is broken: ${sentence}: ${error instanceof Error ? error.message : String(error)}`,
      {cause: error},
    );
  }
}
