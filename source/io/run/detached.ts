import {spawn} from 'node:child_process';
import {closeSync, ftruncateSync, renameSync, rmSync, writeSync} from 'node:fs';
import {join} from 'node:path';
import {sanitizeBlock} from '../../format/sanitize.ts';
import {openExclusively, temporaryName} from '../files/atomic-file.ts';
import {readBeginning} from '../files/bounded-file.ts';
import {runDir} from '../state-dir/card.ts';

/** A process of its own session, without a terminal, that outlives this one. */
export interface Detached {
  readonly pid: number;
  /** How it ended, as long as this process could see it. */
  ended(): {readonly code: number | null; readonly signal: NodeJS.Signals | null} | undefined;
  /** Its stderr so far, sanitised. */
  said(): string;
  /** Releases it; its later stderr is kept in `run/stderr.log`. */
  letGo(): void;
  /** Cleans up after its end. */
  forget(): void;
}

const MOST_SAID = 8_192;
/** Of what it wrote, which may be all that a disk holds. */
const MOST_READ = 262_144;

/**
 * Starts this program once more, with the same node flags, in a new session. Discards its stdout, since a monitor writes a log; its
 * stderr goes to a file in the state directory, which keeps its last words.
 */
export function startDetached(
  stateDir: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Detached {
  const path = temporaryName(join(runDir(stateDir), 'stderr'));
  const file = openExclusively(path, 0o600);
  let ended: ReturnType<Detached['ended']>;
  let failure: string | undefined;
  // A service manager listens to the process that it started, not to one in the background.
  const {NOTIFY_SOCKET: _, WATCHDOG_USEC: __, WATCHDOG_PID: ___, ...rest} = env;
  try {
    reserveSpace(file, path);
    const child = spawn(process.execPath, [...process.execArgv, process.argv[1] ?? '', ...args], {
      env: rest,
      detached: true,
      stdio: ['ignore', 'ignore', file],
    });
    child.once('error', error => {
      failure = error.message;
      ended = {code: null, signal: null};
    });
    child.once('exit', (code, signal) => (ended = {code, signal}));
    return {
      pid: child.pid ?? -1,
      ended: () => ended,
      said: () => failure ?? sanitizeBlock(readBeginning(path, MOST_READ) ?? '', MOST_SAID),
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

/** On a full disk it could not report why it does not start. Written at a fixed place, so that its own output still begins at the start. */
function reserveSpace(file: number, path: string): void {
  try {
    writeSync(file, Buffer.alloc(MOST_SAID), 0, MOST_SAID, 0);
    ftruncateSync(file, 0);
  } catch (error) {
    rmSync(path, {force: true});
    throw error;
  }
}
