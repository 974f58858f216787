import {useRef} from 'react';
import {useInput, type Key} from 'ink';

/**
 * Calls `press` with the name of each key: the character itself, or `return escape tab backspace up down left right`, with `ctrl+` before a
 * letter. Splits keys that arrive in one read; ignores pasted text.
 */
export function useKeys(press: (key: string) => void, active: boolean): void {
  const pasting = useRef(false);
  useInput(
    (input, key) => {
      if (input === '[200~' || input === '[201~') {
        pasting.current = input === '[200~';
        return;
      }
      if (!pasting.current) for (const name of namesOf(input, key)) press(name);
    },
    {isActive: active},
  );
}

const NAMED = {
  return: 'return',
  escape: 'escape',
  tab: 'tab',
  backspace: 'backspace',
  // Most terminals send this for Backspace.
  delete: 'backspace',
  upArrow: 'up',
  downArrow: 'down',
  leftArrow: 'left',
  rightArrow: 'right',
} as const satisfies Partial<Record<keyof Key, string>>;

function namesOf(input: string, key: Key): readonly string[] {
  const named = (Object.keys(NAMED) as (keyof typeof NAMED)[]).find(name => key[name]);
  if (named) return [NAMED[named]];
  if (key.ctrl) return [`ctrl+${input}`];
  if (key.meta) return [];
  return Array.from(input, nameOfCharacter);
}

function nameOfCharacter(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  if (char === '\r' || char === '\n') return 'return';
  if (char === '\t') return 'tab';
  if (code === 127) return 'backspace';
  return code > 0 && code < 27 ? `ctrl+${String.fromCharCode(96 + code)}` : char;
}
