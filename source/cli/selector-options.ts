import {say} from '../core/text/say.ts';
import {directory, givenName} from '../config/options/values.ts';

/** The options that choose one of the monitors on this machine. */
export const selectorOptions = {
  name: {
    value: givenName('NAME', 'web', 'target'),
    help: () => say`select the monitor of this name, or the one that watches this target`,
  },
  stateDir: {
    value: directory('/var/lib/agent2'),
    help: () => say`select the monitor that keeps its files in this directory`,
  },
} as const;

export const jsonOption = {help: () => say`print one JSON object`} as const;
