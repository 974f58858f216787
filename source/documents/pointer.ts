import {digest} from '../format/digest.ts';

/** The path of an unusual state directory, in a file whose name derives from it. */
export function pointerText(stateDir: string): string {
  return `${stateDir}\n`;
}

export function pointerName(stateDir: string): string {
  return digest(stateDir);
}

/** Undefined where the text does not match the name. */
export function readPointer(text: string, name: string): string | undefined {
  const stateDir = text.replace(/\n$/, '');
  return stateDir.startsWith('/') && pointerName(stateDir) === name ? stateDir : undefined;
}
