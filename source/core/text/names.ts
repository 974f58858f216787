import type {ProcessReading} from '../model/observation.ts';
import {say} from './say.ts';

/** What the state of a process is called on a screen; the word itself is one of the contract. */
export function processStateName(state: ProcessReading['state']): string {
  return NAMES[state]();
}

const NAMES: Readonly<Record<ProcessReading['state'], () => string>> = {
  alive: () => say`alive`,
  stopped: () => say`stopped`,
  traced: () => say`traced`,
  zombie: () => say`zombie`,
  gone: () => say`gone`,
  mismatch: () => say`mismatch`,
  unknown: () => say`unknown`,
};
