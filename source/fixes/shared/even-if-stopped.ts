import type {z as Zod} from 'zod';
import {message} from '../../core/text/message.ts';
import {say} from '../../core/text/say.ts';
import {inIssue} from '../../format/issue-text.ts';

/** The option of a fix through a manager: heals a service also when the manager was told to stop it. */
export function evenIfStoppedSchema(z: typeof Zod) {
  return z
    .boolean(inIssue(message`expected true or false, e.g. evenIfStopped: true`))
    .optional()
    .describe(say`true restarts it also after the manager was told to stop it; false by default`);
}
