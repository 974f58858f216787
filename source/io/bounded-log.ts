import {closeSync, fstatSync, openSync, renameSync, writeSync} from 'node:fs';
import {say} from '../core/say.ts';
import {errorText} from './error-code.ts';

export interface BoundedLog {
  write(chunk: Buffer): void;
  close(): void;
}

const MAX_BYTES = 1_048_576;

/**
 * A file for output that never grows beyond 1 MiB: then it is renamed to `.1`, replacing an older one, and begun anew.
 * A file that cannot be written (a full disk) loses output and nothing else; `onTrouble` hears of it once, until writing works again.
 */
export function openBoundedLog(path: string, onTrouble: (text: string) => void, maxBytes = MAX_BYTES): BoundedLog {
  let file: number | undefined;
  let size = 0;
  let troubled = false;

  const open = () => {
    file = openSync(path, 'a', 0o644);
    size = fstatSync(file).size;
  };
  const close = () => {
    if (file !== undefined) closeSync(file);
    file = undefined;
  };
  return {
    write(chunk) {
      try {
        if (file === undefined) open();
        if (size > 0 && size + chunk.length > maxBytes) {
          close();
          renameSync(path, `${path}.1`);
          open();
        }
        if (file !== undefined) size += writeSync(file, chunk);
        troubled = false;
      } catch (error) {
        if (!troubled) onTrouble(say`${path} cannot be written: ${errorText(error)}`);
        troubled = true;
      }
    },
    close,
  };
}
