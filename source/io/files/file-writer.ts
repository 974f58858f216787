import {constants} from 'node:fs';
import {open, rename, unlink} from 'node:fs/promises';
import {inDiskTurn} from './disk-turn.ts';
import {fileError} from './file-error.ts';
import {temporaryName} from './atomic-file.ts';

/**
 * Replaces one file again and again, as `writeAtomically` does, without ever waiting for the disk: one write at a time, and of the texts that
 * come meanwhile only the newest is written. So a disk that blocks holds one thread of node's few, not the loop.
 */
export interface FileWriter {
  write(text: string): void;
  /** Whether everything given so far was written, or could not be, within this time, in ms. */
  settled(withinMs: number): Promise<boolean>;
}

export interface FileWriterEvents {
  /** Receives the `FileError` of each write that failed, and nothing for one that worked. */
  onWritten(error?: unknown): void;
  /** A write takes longer than `SLOW_MS`. `onWritten` follows when it ends. */
  onSlow(): void;
}

/** The operations of the file system; a test replaces them by slow ones. */
export interface WritingFiles {
  replace(path: string, text: string, mode: number): Promise<void>;
}

export const SLOW_MS = 5_000;

export function createFileWriter(
  path: string,
  {onWritten, onSlow}: FileWriterEvents,
  {replace}: WritingFiles = {replace: replaceFile},
  mode = 0o644,
): FileWriter {
  let waiting: string | undefined;
  let working: Promise<void> | undefined;
  return {
    write(text) {
      waiting = text;
      working ??= writeAll().finally(() => (working = undefined));
    },
    async settled(withinMs) {
      return working === undefined || settledWithin(working, withinMs);
    },
  };

  async function writeAll(): Promise<void> {
    while (waiting !== undefined) {
      const text = waiting;
      waiting = undefined;
      const notSlow = whenSlow(onSlow);
      try {
        await inDiskTurn(() => replace(path, text, mode));
        onWritten();
      } catch (error) {
        onWritten(fileError(path, error));
      } finally {
        notSlow();
      }
    }
  }
}

/** A timer that comes later by this much was held up with its whole process. */
const HELD_UP_MS = 1_000;

/** Calls it once after `SLOW_MS` in which this process ran: while it is suspended or starved, the disk is not slow. Returns how to end that. */
export function whenSlow(onSlow: () => void): () => void {
  let timer: NodeJS.Timeout;
  const wait = () => {
    const dueAt = performance.now() + SLOW_MS;
    timer = setTimeout(() => (performance.now() - dueAt > HELD_UP_MS ? wait() : onSlow()), SLOW_MS);
    timer.unref();
  };
  wait();
  return () => clearTimeout(timer);
}

/** Whether work that cannot fail ends within this time, in ms. */
export async function settledWithin(work: Promise<unknown>, withinMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>(
    resolve => (timer = setTimeout(() => resolve(false), withinMs)),
  );
  return Promise.race([work.then(() => true), late]).finally(() => clearTimeout(timer));
}

/** `writeAtomically` without waiting. */
export async function replaceFile(path: string, text: string, mode: number): Promise<void> {
  const {O_RDWR, O_CREAT, O_EXCL, O_NOFOLLOW} = constants;
  const temporary = temporaryName(path);
  try {
    const file = await open(temporary, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, mode);
    try {
      await file.writeFile(text);
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    // The first error says more; the next start removes the leftover.
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
}
