import type {Text} from '../../core/model/text.ts';
import {closeSync, fstatSync, openSync, renameSync} from 'node:fs';
import {SonicBoom} from 'sonic-boom';
import type {Event} from '../../core/model/event.ts';
import {message} from '../../core/text/message.ts';
import type {State} from '../../core/model/state.ts';
import type {RecordingWriter} from '../../documents/recording.ts';
import {errorText} from '../error-code.ts';

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
    closeSync(openSync(path, 'a', 0o644));
    return undefined;
  } catch (error) {
    return errorText(error);
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
  let opened = false;
  const file = new SonicBoom({
    dest: path,
    append: true,
    mkdir: false,
    mode: 0o644,
    sync: false,
    maxLength: KEPT_BYTES,
    retryEAGAIN: () => false,
  });
  file.on('ready', () => {
    opened = true;
    size += fstatSync(fdOf(file)).size;
    recovered();
  });
  file.on('write', recovered);
  file.on('drop', () => (headerDue = true));
  file.on('error', report);

  return {
    record(event, before) {
      // A file that could not be opened accepts no writes.
      if (closing || (failing && !opened)) return;
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

  function end(): Promise<void> {
    return new Promise(resolve => {
      const late = setTimeout(resolve, CLOSE_MS);
      file.once('close', () => {
        clearTimeout(late);
        resolve();
      });
      // Ending before the reopening would lose the pending lines.
      if (isReopening(file)) file.once('ready', () => file.end());
      else file.end();
    });
  }

  function append(line: string): void {
    size += line.length + 1;
    file.write(`${line}\n`);
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
    file.reopen();
  }

  /** Reports later: the loop may be inside the very event that could not be written. */
  function report(error: unknown): void {
    if (failing || closing) return;
    failing = true;
    const text = message`the recording ${path} cannot be written: ${errorText(error)}`;
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
