import type {Text} from '../../core/model/text.ts';
import {constants, type Stats} from 'node:fs';
import {open, stat, type FileHandle} from 'node:fs/promises';
import {message, sameText} from '../../core/text/message.ts';
import {errorCode, errorText} from '../error-code.ts';
import {fileError} from '../files/file-error.ts';

/** `text` is raw: it may contain anything. */
export type LastLines =
  | {readonly kind: 'lines'; readonly text: string}
  | {readonly kind: 'unreadable'; readonly reason: Text};

const MAX_BYTES = 65_536;

/**
 * The last lines of a log, from at most 64 KiB at its end. Right after a rotation, those of its older part (`.1`).
 * Never blocks, as opening a fifo would, and never rejects.
 */
export async function lastLines(path: string, count: number): Promise<LastLines> {
  const lines = await readEnd(path, count);
  if (lines.kind === 'unreadable' ? !sameText(lines.reason, MISSING) : lines.text !== '')
    return lines;
  const older = await readEnd(`${path}.1`, count);
  return older.kind === 'lines' ? older : lines;
}

const MISSING = message`there is no such file`;

async function readEnd(path: string, count: number): Promise<LastLines> {
  let file: FileHandle | undefined;
  try {
    const named = await stat(path);
    // Opening some devices triggers an action.
    if (!named.isFile())
      return {
        kind: 'unreadable',
        reason: message`${path} is ${kindOf(named)}, not a regular file`,
      };
    file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
    // Another file may have taken the name meanwhile.
    const stats = await file.stat();
    if (!stats.isFile())
      return {
        kind: 'unreadable',
        reason: message`${path} is ${kindOf(stats)}, not a regular file`,
      };
    const start = Math.max(0, stats.size - MAX_BYTES);
    const buffer = Buffer.alloc(stats.size - start);
    const {bytesRead} = await file.read(buffer, 0, buffer.length, start);
    return {kind: 'lines', text: tail(buffer.toString('utf8', 0, bytesRead), start > 0, count)};
  } catch (error) {
    return {
      kind: 'unreadable',
      reason: errorCode(error) === 'ENOENT' ? MISSING : errorText(fileError(path, error)),
    };
  } finally {
    await file?.close();
  }
}

/** Drops the first partial word of a line with an unread start: half a secret is not recognised. */
function tail(text: string, begun: boolean, count: number): string {
  const lines = text.replace(/(?:\r?\n)+$/, '').split(/\r?\n/);
  const whole =
    begun && lines.length > 1 ? lines.slice(1) : begun ? [text.replace(/^\S*/, '')] : lines;
  return whole.slice(-count).join('\n');
}

function kindOf(stats: Stats): Text {
  if (stats.isDirectory()) return message`a directory`;
  if (stats.isFIFO()) return message`a fifo`;
  return stats.isSocket() ? message`a socket` : message`a device`;
}
