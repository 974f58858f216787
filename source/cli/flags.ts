import type {OptionRow} from '../contracts/command.ts';

/** `--pid-file` for `pidFile`; `--no-color` for a negated `color`. */
export function flagOf(name: string, row?: OptionRow): string {
  const word = name.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
  return row && isNegated(row) ? `--no-${word}` : `--${word}`;
}

/** The flag in the help: `-n, --lines <N>`. */
export function shownFlag(name: string, row: OptionRow): string {
  const value = row.value && (row.optional ? ` [${row.value.called}]` : ` <${row.value.called}>`);
  return `${row.short === undefined ? '' : `-${row.short}, `}${flagOf(name, row)}${value ?? ''}`;
}

function isNegated(row: OptionRow): boolean {
  return row.value === undefined && row.negated === true;
}
