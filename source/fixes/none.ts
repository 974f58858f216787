import type {FixDefinition} from '../contracts/fix.ts';
import {message} from '../core/text/message.ts';
import {say} from '../core/text/say.ts';
import {TIMEOUT_MS} from './shared/timeout.ts';

/** Only observes: the core never asks for it. */
export const definition: FixDefinition<object> = {
  get summary() {
    return say`observe only`;
  },
  traits: {heals: false, ownsProcess: false, takenByOthers: false, verb: 'will'},
  options: z => z.strictObject({}),
  examples: [{}],
  refuses: [],
  describe: () => undefined,
  longestMs: () => TIMEOUT_MS,
  confines: () => 'nothing',
  create: () => ({
    restart: async () => ({kind: 'failed', detail: message`no restart is configured`}),
  }),
};
