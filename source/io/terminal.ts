import {closeSync, fstatSync, openSync} from 'node:fs';
import {isatty} from 'node:tty';

/** Whether the terminal still answers: one that was hung up is no terminal any more. Asks without writing to it. */
export function isTerminalThere(): boolean {
  return isatty(0) && isatty(1);
}

/**
 * Lets go of the terminal for good: stdin, stdout and stderr that are one become /dev/null, and nothing waits for it, reads it or writes to it any
 * more. For a process that goes on after its terminal went away.
 */
export function leaveTerminal(): void {
  for (const stream of [process.stdin, process.stdout, process.stderr])
    if (stream.isTTY) silence(stream);
  replaceDevices();
}

/**
 * At the very end of the process. Node sets the modes of the terminal once more when it exits, and aborts (SIGABRT, a core dump) where the
 * terminal has gone away meanwhile; descriptors that were opened anew it leaves alone. Whatever restores the screen at the exit has to come before.
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

/** A terminal that was hung up is no terminal to `isatty`, but still a device. */
function isDevice(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isCharacterDevice();
  } catch {
    // Closed by whoever started us: there is nothing to let go of.
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
