import {closeSync, fstatSync, openSync} from 'node:fs';
import {isatty} from 'node:tty';

/** Whether the terminal still answers, tested without a write: a hung-up one is no terminal any more. */
export function isTerminalThere(): boolean {
  return isatty(0) && isatty(1);
}

/**
 * Makes writes to a terminal wait in this process, as those to a pipe do. Otherwise node writes to a terminal with the whole process: one that nobody
 * reads, as behind a stalled connection or after Ctrl-S, would stop the loop.
 * Does nothing where the descriptor is not this process's own: its mode would be that of the shell too. So it is on the terminal of another user.
 */
export function neverBlock(stream: NodeJS.WriteStream & {readonly fd: number}): void {
  if (!stream.isTTY) return;
  // Node opens the terminal a second time for its handle, where it may.
  const {_handle: handle} = stream as unknown as {
    readonly _handle?: {readonly fd: number; setBlocking(on: boolean): number};
  };
  if (handle && handle.fd !== stream.fd) handle.setBlocking(false);
}

/** How long the end of the process waits for a reader of its last words. */
const LAST_WORDS_MS = 300;

/** Resolves when all that was written is taken, or when nobody takes it for 300 ms: an end of the process must not wait for a reader. */
export function written(...streams: readonly NodeJS.WriteStream[]): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, LAST_WORDS_MS);
    const all = streams
      .filter(({writableLength, destroyed}) => writableLength > 0 && !destroyed)
      .map(stream => new Promise(taken => stream.write('', taken)));
    void Promise.all(all).then(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/**
 * Releases the terminal for good: replaces stdin, stdout and stderr on it by /dev/null, and ends all waits, reads and writes
 * on it. For a process that outlives its terminal.
 */
export function leaveTerminal(): void {
  for (const stream of [process.stdin, process.stdout, process.stderr])
    if (stream.isTTY) silence(stream);
  replaceDevices();
}

/**
 * Run at the very end of the process. Node resets the terminal modes once more at exit, and aborts (SIGABRT, a core dump) when the
 * terminal is gone; it leaves reopened descriptors alone. Restore the screen before this.
 */
export function leaveTerminalAtExit(): void {
  process.on('exit', replaceDevices);
}

/** A closed descriptor is the lowest free one, which the next open takes. Pipes and files stay. */
function replaceDevices(): void {
  for (const descriptor of [0, 1, 2]) {
    if (!isDevice(descriptor)) continue;
    closeSync(descriptor);
    openSync('/dev/null', descriptor === 0 ? 'r' : 'w');
  }
}

/** `isatty` does not recognise a hung-up terminal, but it is still a device. */
function isDevice(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isCharacterDevice();
  } catch {
    // The parent closed it, so there is nothing to release.
    return false;
  }
}

/** The handle of a terminal has a descriptor of its own, and `destroy` does not close that of stdout and stderr. */
function silence(stream: NodeJS.ReadStream | NodeJS.WriteStream): void {
  stream.on('error', () => undefined);
  const owner = stream as unknown as {_handle?: {close(): void} | null};
  owner._handle?.close();
  owner._handle = null;
}
