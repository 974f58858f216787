import type {ProcessReading} from '../model/observation.ts';
import type {Message} from '../model/text.ts';
import {message} from './message.ts';

/** The name of a process state on a screen; the word itself belongs to the contract. */
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
