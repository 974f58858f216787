import type {Stats} from 'node:fs';
import type {FileHandle} from 'node:fs/promises';
import type {Text} from '../../core/model/text.ts';
import {message, sameText} from '../../core/text/message.ts';
import {span} from '../../core/text/span.ts';
import {appendAll, openAppending, statsIfThere} from '../files/appending.ts';
import {inDiskTurn} from '../files/disk-turn.ts';
import {faultOfFile} from '../files/file-error.ts';
import {settledWithin, SLOW_MS, whenSlow} from '../files/file-writer.ts';
import {createLineQueue} from './log-queue.ts';
import {rotate, undoRotation} from './rotate.ts';

/** An append-only log that survives any rotation, whose problems never stop the program, and which never waits for the disk. */
export interface LogFile {
  write(line: string): void;
  /** From now on. */
  limit(limits: LogLimits): void;
  /** Reopens the file by its name, after what was written before: after logrotate moved it away, or after a failure to open it. */
  reopen(): void;
  /** Whether everything given so far was written, or could not be, within this time, in ms. */
  settled(withinMs: number): Promise<boolean>;
  /** Resolves when all is written, or could not be, or a disk that blocks had its second. */
  close(): Promise<void>;
}

export interface LogLimits {
  /** In bytes: a line beyond it begins a new file. */
  readonly maxSize: number;
  /** How many old files stay: `.1` is the youngest. */
  readonly keep: number;
}

export interface LogEvents {
  /** Receives the reason when writing fails (disk full, permissions), and nothing once it works again. */
  onProblem(text: Text | undefined): void;
  /** The line that stands for so many lost ones. */
  lostLine(count: number): string;
}

/** The size is counted; the real state of the file (deleted, moved away, cut) is checked no more often than this. */
const CHECK_MS = 1_000;
/** The size of a file that must not be rotated before another check. */
const NOT_NOW = -Infinity;
const CLOSE_MS = 1_000;

export function openLog(
  path: string,
  {onProblem, lostLine}: LogEvents,
  limits: LogLimits = {maxSize: Infinity, keep: 1},
): LogFile {
  let {maxSize, keep} = limits;
  const problems: {write?: Text; rotate?: Text} = {};
  let reported: Text | undefined;
  const queue = createLineQueue();
  /** What a write that failed left of its lines. */
  let rest = Buffer.alloc(0);
  let file: FileHandle | undefined;
  let size = 0;
  let checkedAt = -Infinity;
  let reopenDue = false;
  let working: Promise<void> | undefined;
  work();

  return {
    write(line) {
      queue.add(line);
      work();
    },
    limit: next => ({maxSize, keep} = next),
    reopen() {
      queue.addBreak();
      work();
    },
    settled,
    async close() {
      if (!(await settled(CLOSE_MS))) return;
      const closed = file;
      file = undefined;
      await closed?.close();
    },
  };

  async function settled(withinMs: number): Promise<boolean> {
    return working === undefined || settledWithin(working, withinMs);
  }

  function work(): void {
    working ??= inDiskTurn(writeAll).then(isDone => {
      working = undefined;
      // A line may have come when nothing looked any more.
      if (isDone && !queue.isEmpty()) work();
    });
  }

  /** Ends when the queue is empty (true), or after a failure (false): then the next line tries again. */
  async function writeAll(): Promise<boolean> {
    const notSlow = whenSlow(() =>
      report(
        'write',
        message`the disk does not answer: writing ${path} takes longer than ${span(SLOW_MS)}`,
      ),
    );
    try {
      do {
        if (!file || performance.now() - checkedAt > CHECK_MS) await checkFile();
        if (!(await writeSome())) return false;
      } while (!queue.isEmpty() || reopenDue);
      report('write', undefined);
      return true;
    } catch (error) {
      report('write', problemOf(error));
      return false;
    } finally {
      notSlow();
    }
  }

  /** Writes what belongs into the present file, and begins the next one if a line does not. False after a failure. */
  async function writeSome(): Promise<boolean> {
    if (reopenDue) {
      reopenDue = false;
      await reopen();
    }
    if (!file) return false;
    const lost = queue.takeLost();
    const first = lost > 0 ? `${lostLine(lost)}\n` : '';
    const {text, bytes, next} = queue.take(size > 0 ? maxSize - size : undefined, maxSize);
    const all = Buffer.concat([rest, Buffer.from(first + text)]);
    size += bytes + Buffer.byteLength(first);
    const written = await appendAll(file, all);
    rest = Buffer.from(written.rest);
    if (written.error) throw written.error;
    if (next === 'break') reopenDue = true;
    else if (next === 'line') await beginNew();
    return true;
  }

  async function reopen(): Promise<void> {
    checkedAt = performance.now();
    try {
      const opened = await openAppending(path);
      const old = file;
      file = opened;
      size = (await opened.stat()).size;
      await old?.close();
      report('write', undefined);
    } catch (error) {
      // Continues in the old file; the next check retries if that one is gone.
      report('write', problemOf(error));
    }
  }

  function problemOf(error: unknown): Text {
    return message`log ${path} cannot be written: ${faultOfFile(path, error)}`;
  }

  /** Begins a new file after a deletion, which was meant to free space. After a move, the mover says when to follow. */
  async function checkFile(): Promise<void> {
    if (!file) return reopen();
    checkedAt = performance.now();
    const stats = await file.stat();
    size = stats.size;
    if (stats.nlink === 0) await reopen();
  }

  /** Leaves a foreign file of that name alone: another program rotates here. After a failure, the next check retries. */
  async function beginNew(): Promise<void> {
    const own = await file?.stat();
    if (!own || !isSame(own, await statsIfThere(path).catch(() => undefined)))
      return void (size = NOT_NOW);
    try {
      await rotate(path, keep);
      await reopen();
      if (isSame(own, await file?.stat())) await undoRotation(path);
      report('rotate', undefined);
    } catch (error) {
      report(
        'rotate',
        message`log ${path} cannot be rotated and keeps growing: ${faultOfFile(path, error)}`,
      );
    }
    if (isSame(own, await file?.stat())) size = NOT_NOW;
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
