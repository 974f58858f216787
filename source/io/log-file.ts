import {SonicBoom} from 'sonic-boom';
import {say} from '../core/say.ts';
import {errorText} from './error-code.ts';

/** An append-only log that survives rotation, and whose trouble is never that of the program. */
export interface LogFile {
  write(line: string): void;
  /** Opens the file by its name again: after logrotate moved it away, or when it could not be opened before. */
  reopen(): void;
  close(): void;
}

/** What waits for a disk that is full: more is dropped. */
const KEPT_BYTES = 1_048_576;

/** `onTrouble` hears when lines cannot be written (disk full, permissions), and again with nothing once they can. */
export function openLog(path: string, onTrouble: (text: string | undefined) => void): LogFile {
  let troubled = false;
  let file = open();

  return {
    write: line => void file?.write(`${line}\n`),
    reopen() {
      if (file) file.reopen();
      else file = open();
    },
    close() {
      file?.destroy();
      file = undefined;
    },
  };

  function open(): SonicBoom | undefined {
    try {
      const opened = new SonicBoom({dest: path, append: true, mkdir: false, mode: 0o644, sync: true, maxLength: KEPT_BYTES, retryEAGAIN: () => false});
      opened.on('error', trouble);
      opened.on('write', recovered);
      recovered();
      return opened;
    } catch (error) {
      trouble(error);
      return undefined;
    }
  }

  /** Told later: whoever hears it writes it on this very log. */
  function trouble(error: unknown): void {
    troubled = true;
    const text = say`log ${path} cannot be written: ${errorText(error)}`;
    setImmediate(() => onTrouble(text));
  }

  function recovered(): void {
    if (!troubled) return;
    troubled = false;
    setImmediate(() => onTrouble(undefined));
  }
}
