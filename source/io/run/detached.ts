import {spawn} from 'node:child_process';
import {
  closeSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import {join} from 'node:path';
import {sanitizeBlock} from '../../format/sanitize.ts';
import {errorText} from '../error-code.ts';
import {runDir} from '../state-dir/card.ts';

/** A process of its own session, tied to no terminal, that outlives us. */
export interface Detached {
  readonly pid: number;
  /** How it ended, while we were still there to see it. */
  ended(): {readonly code: number | null; readonly signal: NodeJS.Signals | null} | undefined;
  /** What it wrote to stderr so far, sanitised. */
  said(): string;
  /** Lets go of it; what it writes to stderr from now on is kept in `run/stderr.log`. */
  letGo(): void;
  /** When it ended: nothing of it is left. */
  forget(): void;
}

const MOST_SAID = 8_192;

/**
 * Starts this very program once more, with the same flags of node, in a new session. Its stdout goes nowhere, since a monitor writes a log; its
 * stderr goes to a file in the state directory, where its last words can be read.
 */
export function startDetached(
  stateDir: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Detached {
  const path = join(runDir(stateDir), `stderr.${process.pid}.tmp`);
  const file = openSync(path, 'w', 0o644);
  let ended: ReturnType<Detached['ended']>;
  let failure: string | undefined;
  // A service manager that listens does so to whom it started, which is none that goes on in the background.
  const {NOTIFY_SOCKET: _, WATCHDOG_USEC: __, WATCHDOG_PID: ___, ...rest} = env;
  try {
    roomFor(file, path);
    const child = spawn(process.execPath, [...process.execArgv, process.argv[1] ?? '', ...args], {
      env: rest,
      detached: true,
      stdio: ['ignore', 'ignore', file],
    });
    child.once('error', error => {
      failure = errorText(error);
      ended = {code: null, signal: null};
    });
    child.once('exit', (code, signal) => (ended = {code, signal}));
    return {
      pid: child.pid ?? -1,
      ended: () => ended,
      said: () => failure ?? sanitizeBlock(readFileSync(path, 'utf8'), MOST_SAID),
      letGo() {
        child.unref();
        renameSync(path, join(stateDir, 'run', 'stderr.log'));
      },
      forget: () => rmSync(path, {force: true}),
    };
  } finally {
    closeSync(file);
  }
}

/** On a full disk it could not say why it does not start. Written at a place, so that what it says still begins at the beginning. */
function roomFor(file: number, path: string): void {
  try {
    writeSync(file, Buffer.alloc(MOST_SAID), 0, MOST_SAID, 0);
    ftruncateSync(file, 0);
  } catch (error) {
    rmSync(path, {force: true});
    throw error;
  }
}
