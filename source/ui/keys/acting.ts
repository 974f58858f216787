import {say} from '../../core/text/say.ts';
import type {Note} from '../state/ui-state.ts';
import type {Binding, KeyContext} from './binding.ts';

/** Why a key may not change anything at the monitor now; undefined when it may. */
export function refusal({readOnly, lost}: KeyContext, key: string): Note | undefined {
  if (readOnly) return {text: say`read-only: ${key} changes nothing here`, whileLost: false};
  return lost ? {text: say`${key}: not possible, the monitor is gone`, whileLost: true} : undefined;
}

/** Whether the key bar and the help show that key. */
export function isOffered({when, acts}: Binding, context: KeyContext): boolean {
  return (when?.(context) ?? true) && !(acts && context.readOnly);
}
