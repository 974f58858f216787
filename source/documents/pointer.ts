import {hash} from '../format/hash.ts';

/** A file of the registry: it holds the path of an unusual state directory, and its name derives from that path. */
export function pointerText(stateDir: string): string {
  return `${stateDir}\n`;
}

export function pointerName(stateDir: string): string {
  return hash(stateDir);
}

/** Undefined where the text does not match the name. */
export function readPointer(text: string, name: string): string | undefined {
  const stateDir = text.replace(/\n$/, '');
  return stateDir.startsWith('/') && pointerName(stateDir) === name ? stateDir : undefined;
}
