import {closeSync} from 'node:fs';
import {SonicBoom} from 'sonic-boom';
import {nameOfOpen, openToAppend} from './regular-file.ts';

export interface AppendOptions {
  /** Whether a line is in the file when `write` returns; else a slow disk delays nobody. */
  readonly sync: boolean;
  /** The most bytes that wait for a full disk: more are dropped. */
  readonly maxLength: number;
}

/** A stream that appends to a file as `openToAppend` opens it. Throws a `FileError`. */
export function openAppendStream(path: string, options: AppendOptions): SonicBoom {
  return withOpened(
    path,
    dest => new SonicBoom({dest, append: true, mkdir: false, retryEAGAIN: () => false, ...options}),
  );
}

/** Continues in the file that has the name by now. Throws a `FileError`; the stream then stays where it was. */
export function reopenAppendStream(stream: SonicBoom, path: string): void {
  withOpened(path, name => {
    stream.reopen(name);
    return stream;
  });
}

/** Sonic-boom opens by name alone, which would follow links and wait for the reader of a fifo: it gets the name of what is open already. */
function withOpened(path: string, use: (name: string) => SonicBoom): SonicBoom {
  const file = openToAppend(path);
  try {
    // It may open later, after the write that is under way: until then this number must not become another file's.
    return use(nameOfOpen(file)).once('ready', () => closeSync(file));
  } catch (error) {
    closeSync(file);
    throw error;
  }
}
