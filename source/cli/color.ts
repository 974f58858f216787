import type {Output} from '../contracts/command.ts';
import {say} from '../core/text/say.ts';

export const colorOption = {
  negated: true,
  help: () => say`no colours (as with NO_COLOR=1)`,
} as const;

/** Whether output to `out` may be coloured; `color` is false with `--no-color`. */
export function isColored(out: Output, color: boolean | undefined): boolean {
  return (
    out.isTTY === true && color !== false && !process.env.NO_COLOR && process.env.TERM !== 'dumb'
  );
}
