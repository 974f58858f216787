import type {ProcessReading} from '../model/observation.ts';
import type {Message} from '../model/text.ts';
import {message} from './message.ts';

/** What the state of a process is called on a screen; the word itself is one of the contract. */
export function processStateName(state: ProcessReading['state']): Message {
  return NAMES[state];
}

const NAMES: Readonly<Record<ProcessReading['state'], Message>> = {
  alive: message`alive`,
  stopped: message`stopped`,
  traced: message`traced`,
  zombie: message`zombie`,
  gone: message`gone`,
  mismatch: message`mismatch`,
  unknown: message`unknown`,
};
