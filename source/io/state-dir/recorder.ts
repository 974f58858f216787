import {closeSync, fstatSync, openSync, renameSync} from 'node:fs';
import {SonicBoom} from 'sonic-boom';
import type {Event} from '../../core/model/event.ts';
import {say} from '../../core/text/say.ts';
import type {State} from '../../core/model/state.ts';
import type {RecordingWriter} from '../../documents/recording.ts';
import {errorText} from '../error-code.ts';

/** Appends what happens to a recording, beside the loop and never in its way. */
export interface Recorder {
  /** `before` is the state that the event finds. */
  record(event: Event, before: State): void;
  /** Opens the file by its name again, after somebody moved it away. */
  reopen(): void;
  close(): Promise<void>;
}

/** About four weeks of one target at a check every five seconds. */
const MAX_BYTES = 268_435_456;
/** What waits for a disk that is full: more is dropped. */
const KEPT_BYTES = 4_194_304;
const CLOSE_MS = 300;

/** Why nothing can be appended to that file, or undefined: for somebody who named it and should hear of it at once. */
export function whyNotRecordable(path: string): string | undefined {
  try {
    closeSync(openSync(path, 'a', 0o644));
    return undefined;
  } catch (error) {
    return errorText(error);
  }
}

/**
 * A file that grew beyond `maxBytes` is renamed to `.1`, replacing an older one. Every file, and whatever follows lines that were
 * lost, begins with a header. `onProblem` hears when nothing can be written (a full disk), and again with nothing once it can.
 */
export function openRecorder(
  path: string,
  writer: RecordingWriter,
  onProblem: (text: string | undefined) => void,
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
      // Nothing can be written to a file that could not be opened at all.
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
      // One that is asked to end before it has opened its file anew does neither, and what waits to be written is lost.
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

  /** Told later: the loop may be in the middle of the very event that could not be written. */
  function report(error: unknown): void {
    if (failing || closing) return;
    failing = true;
    const text = say`the recording ${path} cannot be written: ${errorText(error)}`;
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
