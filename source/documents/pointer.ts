import {digest} from '../format/digest.ts';

/** The path of a state directory that is in no usual place, in a file whose name is made of it. */
export function pointerText(stateDir: string): string {
  return `${stateDir}\n`;
}

export function pointerName(stateDir: string): string {
  return digest(stateDir);
}

/** Undefined where the text is not the one that belongs to the name. */
export function readPointer(text: string, name: string): string | undefined {
  const stateDir = text.replace(/\n$/, '');
  return stateDir.startsWith('/') && pointerName(stateDir) === name ? stateDir : undefined;
}
