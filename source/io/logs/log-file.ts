import type {Text} from '../../core/model/text.ts';
import {fstatSync, type Stats} from 'node:fs';
import {statsAt} from '../files/directory.ts';
import type {SonicBoom} from 'sonic-boom';
import {message, sameText} from '../../core/text/message.ts';
import {openAppendStream, reopenAppendStream} from '../files/append-stream.ts';
import {faultOfFile} from '../files/file-error.ts';
import {rotate, undoRotation} from './rotate.ts';

/** An append-only log that survives any rotation, and whose problems never stop the program. */
export interface LogFile {
  write(line: string): void;
  /** From now on. */
  limit(limits: LogLimits): void;
  /** Reopens the file by its name: after logrotate moved it away, or after a failure to open it. */
  reopen(): void;
  close(): void;
}

export interface LogLimits {
  /** In bytes: a line beyond it begins a new file. */
  readonly maxSize: number;
  /** How many old files stay: `.1` is the youngest. */
  readonly keep: number;
}

/** The most bytes that wait for a full disk: more are dropped. */
const KEPT_BYTES = 1_048_576;
/** The size is counted; the real state of the file (deleted, moved away, cut) is checked no more often than this. */
const CHECK_MS = 1_000;
/** The size of a file that must not be rotated before another check. */
const NOT_NOW = -Infinity;

/** `onProblem` receives the reason when writing fails (disk full, permissions), and nothing once it works again. */
export function openLog(
  path: string,
  onProblem: (text: Text | undefined) => void,
  limits: LogLimits = {maxSize: Infinity, keep: 1},
): LogFile {
  let {maxSize, keep} = limits;
  const problems: {write?: Text; rotate?: Text} = {};
  let reported: Text | undefined;
  let size = 0;
  let checkedAt = -Infinity;
  let file = open();

  return {
    write(line) {
      const bytes = Buffer.byteLength(line) + 1;
      if (performance.now() - checkedAt > CHECK_MS) checkFile();
      if (size > 0 && size + bytes > maxSize) beginNew();
      file?.write(`${line}\n`);
      size += bytes;
    },
    limit: next => ({maxSize, keep} = next),
    reopen,
    close() {
      file?.destroy();
      file = undefined;
    },
  };

  function open(): SonicBoom | undefined {
    try {
      const opened = openAppendStream(path, {sync: true, maxLength: KEPT_BYTES});
      opened.on('error', error => report('write', problemOf(error)));
      opened.on('write', () => report('write', undefined));
      report('write', undefined);
      return opened;
    } catch (error) {
      report('write', problemOf(error));
      return undefined;
    }
  }

  function reopen(): void {
    checkedAt = -Infinity;
    if (!file) return void (file = open());
    try {
      reopenAppendStream(file, path);
    } catch (error) {
      // Continues in the old file; the next check retries if that one is gone. Otherwise sonic-boom would close it twice.
      file.removeAllListeners('ready');
      report('write', problemOf(error));
    }
  }

  function problemOf(error: unknown): Text {
    return message`log ${path} cannot be written: ${faultOfFile(path, error)}`;
  }

  /** Begins a new file after a deletion, which was meant to free space. After a move, the mover says when to follow. */
  function checkFile(): void {
    checkedAt = performance.now();
    if (!file) return reopen();
    const stats = ownStats();
    size = stats?.size ?? 0;
    if (stats?.nlink === 0) reopen();
  }

  function ownStats(): Stats | undefined {
    const {fd} = (file ?? {fd: -1}) as {readonly fd: number};
    return fd >= 0 ? fstatSync(fd) : undefined;
  }

  /** Leaves a foreign file of that name alone: another program rotates here. After a failure, the next check retries. */
  function beginNew(): void {
    const own = ownStats();
    if (!own || !isSame(own, statsAt(path))) return void (size = NOT_NOW);
    try {
      rotate(path, keep);
      reopen();
      if (isSame(own, ownStats())) undoRotation(path);
      else size = 0;
      report('rotate', undefined);
    } catch (error) {
      report(
        'rotate',
        message`log ${path} cannot be rotated and keeps growing: ${faultOfFile(path, error)}`,
      );
    }
    if (size > 0) size = NOT_NOW;
  }

  /** Reports later: the receiver writes to this very log. */
  function report(about: 'write' | 'rotate', text: Text | undefined): void {
    if (sameText(problems[about], text)) return;
    problems[about] = text;
    setImmediate(() => {
      const now = problems.write ?? problems.rotate;
      if (sameText(now, reported)) return;
      reported = now;
      onProblem(now);
    });
  }
}

function isSame(a: Stats, b: Stats | undefined): boolean {
  return b !== undefined && a.ino === b.ino && a.dev === b.dev;
}
