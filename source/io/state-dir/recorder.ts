import type {Text} from '../../core/model/text.ts';
import {closeSync, fstatSync, renameSync} from 'node:fs';
import type {SonicBoom} from 'sonic-boom';
import type {Event} from '../../core/model/event.ts';
import {message} from '../../core/text/message.ts';
import type {State} from '../../core/model/state.ts';
import type {RecordingWriter} from '../../documents/recording.ts';
import {openAppendStream, reopenAppendStream} from '../files/append-stream.ts';
import {faultOfFile} from '../files/file-error.ts';
import {mustTrustPath} from '../files/trusted-path.ts';
import {openPrivately} from '../files/regular-file.ts';

/** Appends events to a recording, without delaying the loop. */
export interface Recorder {
  /** `before` is the state before the event. */
  record(event: Event, before: State): void;
  /** Reopens the file by its name, after it was moved away. */
  reopen(): void;
  close(): Promise<void>;
}

/** About four weeks of one target at a check every five seconds. */
const MAX_BYTES = 268_435_456;
/** The most bytes that wait for a full disk: more are dropped. */
const KEPT_BYTES = 4_194_304;
const CLOSE_MS = 300;

/** Why that file cannot be appended to, or undefined: for an immediate error to the person who named it. */
export function whyNotRecordable(path: string): Text | undefined {
  try {
    mustTrustPath(path);
    closeSync(openPrivately(path));
    return undefined;
  } catch (error) {
    return faultOfFile(path, error);
  }
}

/**
 * Renames a file beyond `maxBytes` to `.1`, replacing an older one. Every file, and every continuation after lost
 * lines, begins with a header. `onProblem` receives the reason when writing fails (a full disk), and nothing once it works again.
 */
export function openRecorder(
  path: string,
  writer: RecordingWriter,
  onProblem: (text: Text | undefined) => void,
  maxBytes = MAX_BYTES,
): Recorder {
  let headerDue = true;
  let failing = false;
  let size = 0;
  let closing: Promise<void> | undefined;
  let file = open();

  return {
    record(event, before) {
      if (closing || !file) return;
      if (size > maxBytes) rotate();
      if (headerDue) {
        headerDue = false;
        append(writer.header(before, event.at));
      }
      // The header may have been dropped too.
      if (!headerDue) append(writer.event(event));
    },
    reopen,
    close: () => (closing ??= end()),
  };

  function open(): SonicBoom | undefined {
    try {
      // It may be new, or of an earlier version of agent2, which let others read it.
      closeSync(openPrivately(path));
      const opened = openAppendStream(path, {sync: false, maxLength: KEPT_BYTES});
      opened.on('ready', () => {
        size += fstatSync(fdOf(opened)).size;
        recovered();
      });
      opened.on('write', recovered);
      opened.on('drop', () => (headerDue = true));
      opened.on('error', report);
      return opened;
    } catch (error) {
      report(error);
      return undefined;
    }
  }

  async function end(): Promise<void> {
    const open = file;
    if (!open) return;
    await new Promise<void>(resolve => {
      const late = setTimeout(resolve, CLOSE_MS);
      open.once('close', () => {
        clearTimeout(late);
        resolve();
      });
      // Ending before the reopening would lose the pending lines.
      if (isReopening(open)) open.once('ready', () => open.end());
      else open.end();
    });
  }

  function append(line: string): void {
    size += line.length + 1;
    file?.write(`${line}\n`);
  }

  function rotate(): void {
    try {
      renameSync(path, `${path}.1`);
      reopen();
    } catch (error) {
      report(error);
    }
  }

  function reopen(): void {
    size = 0;
    headerDue = true;
    if (!file) return void (file = open());
    try {
      reopenAppendStream(file, path);
    } catch (error) {
      report(error);
    }
  }

  /** Reports later: the loop may be inside the very event that could not be written. */
  function report(error: unknown): void {
    if (failing || closing) return;
    failing = true;
    const text = message`the recording ${path} cannot be written: ${faultOfFile(path, error)}`;
    setImmediate(() => onProblem(text));
  }

  function recovered(): void {
    if (!failing || closing) return;
    failing = false;
    setImmediate(() => onProblem(undefined));
  }
}

/** Sonic-boom's types leave it out. */
function fdOf(file: SonicBoom): number {
  return (file as unknown as {readonly fd: number}).fd;
}

function isReopening(file: SonicBoom): boolean {
  return (file as unknown as {readonly _reopening: boolean})._reopening;
}
