import {message} from '../../core/text/message.ts';
import {formatBytes} from '../../format/bytes.ts';
import {FileError} from './file-error.ts';
import {openToRead, streamFrom} from './regular-file.ts';

const MOST_LENGTH = 16_777_216;
/** A line past that has no end: the rest of such a file, however large, is not read. */
const ENDLESS = 67_108_864;

/**
 * The lines of a file in batches as read, so that a file of any size takes little memory; includes a last line without an
 * end. An overlong line comes as one empty line, and an endless one ends it all. Rejects with a `FileError`.
 */
export async function* readLines(path: string): AsyncGenerator<readonly string[]> {
  let rest = '';
  let skipping = false;
  let skipped = 0;
  const fd = openToRead(path, 'by-links');
  for await (const chunk of streamFrom(fd, {encoding: 'utf8', highWaterMark: 262_144})) {
    const lines = (chunk as string).split('\n');
    // Not split again and again: a long line has many chunks.
    lines[0] = rest + lines[0];
    rest = lines.pop() ?? '';
    if (skipping && lines.length > 0) {
      lines[0] = '';
      skipping = false;
    }
    if (rest.length > MOST_LENGTH) skipping = true;
    skipped = skipping ? skipped + rest.length : 0;
    if (skipped > ENDLESS)
      throw new FileError(
        path,
        message`has a line of more than ${formatBytes(ENDLESS)}, which is not read`,
        'EFBIG',
      );
    if (skipping) rest = '';
    yield lines;
  }
  if (rest !== '') yield [rest];
}
