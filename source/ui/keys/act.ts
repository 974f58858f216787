import type {Command} from '../../contracts/monitor.ts';
import type {Choices} from '../state/ui-state.ts';
import type {DemoFault} from './demo-fault.ts';

/** The effect of a key, as data: a change of the screen, or an action outside of it. */
export type Act =
  /** `of` is the number of the subject, like that of an incident. */
  | {readonly type: 'open' | 'replace'; readonly screen: string; readonly of?: number}
  | {readonly type: 'back'}
  | {readonly type: 'choose'; readonly choices: Partial<Choices>}
  | {readonly type: 'note'; readonly text: string}
  | Effect;

export type Effect =
  /** `key` names the key in a refusal, when the monitor is lost or read-only. */
  | {readonly type: 'request'; readonly command: Command; readonly key: string}
  | {readonly type: 'theme'; readonly name: string}
  | {readonly type: 'break'; readonly fault: DemoFault}
  | {readonly type: 'quit' | 'repaint' | 'background'};
