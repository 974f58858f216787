import type {Command} from '../../contracts/monitor.ts';
import {say} from '../../core/text/say.ts';
import type {Binding, KeyContext} from './binding.ts';

/** Asks the monitor to do something; where that cannot be, the screen says why. */
export function ask(context: KeyContext, command: Command, key: string): void {
  if (!refused(context, key)) context.monitor.request(command);
}

/** Whether a key that acts may not act now; then the screen says so until the next key. */
export function refused({monitor, ui, readOnly}: KeyContext, key: string): boolean {
  if (readOnly) {
    ui.set({note: {text: say`read-only: ${key} changes nothing here`, whileLost: false}});
    return true;
  }
  if (monitor.link?.().state !== 'lost') return false;
  ui.set({note: {text: say`${key}: not now, the monitor is gone`, whileLost: true}});
  return true;
}

/** Whether the key bar and the help show that key. */
export function isOffered({when, acts}: Binding, context: KeyContext): boolean {
  return (when?.(context) ?? true) && !(acts && context.readOnly);
}
