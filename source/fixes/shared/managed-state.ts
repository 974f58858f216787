import type {ManagedState} from '../../contracts/fix.ts';
import {message} from '../../core/text/message.ts';

/** The state of one process of a service, and the manager's own word for it. */
export interface Member {
  readonly state: ManagedState['state'];
  readonly word: string;
}

/** The state of a service of several processes: the one that matters most for what to do about a failure. Undefined without any. */
export function stateOfAll(
  members: readonly Member[],
  manager: string,
  name: string,
): ManagedState | undefined {
  const decisive = ORDER.flatMap(state => members.filter(member => member.state === state))[0];
  if (!decisive) return undefined;
  const {state, word} = decisive;
  return {
    state,
    says:
      state === 'stopped' || state === 'paused'
        ? message`${manager} was told to stop ${name}; it is ${word}`
        : message`${manager} says that ${name} is ${word}`,
  };
}

/** What was told to stop decides only where nothing else of the service runs or should run. */
const ORDER: ReadonlyArray<ManagedState['state']> = [
  'restarting',
  'failed',
  'running',
  'paused',
  'stopped',
];
