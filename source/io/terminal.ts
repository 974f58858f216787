import {closeSync, fstatSync, openSync} from 'node:fs';
import {isatty} from 'node:tty';

/** Whether the terminal still answers, tested without a write: a hung-up one is no terminal any more. */
export function isTerminalThere(): boolean {
  return isatty(0) && isatty(1);
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
