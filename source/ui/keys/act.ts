import type {Command} from '../../contracts/monitor.ts';
import type {Choices} from '../state/ui-state.ts';
import type {DemoFault} from './demo-fault.ts';

/** What a key does: changes what is shown, or has an effect outside of the screen. */
export type Act =
  /** `of` is the number of what the screen is opened for. */
  | {readonly type: 'open' | 'replace'; readonly screen: string; readonly of?: number}
  | {readonly type: 'back'}
  | {readonly type: 'choose'; readonly choices: Partial<Choices>}
  | {readonly type: 'note'; readonly text: string}
  | Effect;

export type Effect =
  /** `key` names the key in the refusal, where the monitor cannot be asked. */
  | {readonly type: 'request'; readonly command: Command; readonly key: string}
  | {readonly type: 'theme'; readonly name: string}
  | {readonly type: 'break'; readonly fault: DemoFault}
  | {readonly type: 'quit' | 'repaint' | 'background'};
