import {openToRead, streamFrom} from './regular-file.ts';

const MOST_LENGTH = 16_777_216;

/**
 * The lines of a file in batches as read, so that a file of any size takes little memory; includes a last line without an
 * end. An overlong line comes as one empty line. Rejects with a `FileError`.
 */
export async function* readLines(path: string): AsyncGenerator<readonly string[]> {
  let rest = '';
  let skipping = false;
  const fd = openToRead(path, 'by-links');
  for await (const chunk of streamFrom(fd, {encoding: 'utf8', highWaterMark: 262_144})) {
    const lines = (rest + (chunk as string)).split('\n');
    rest = lines.pop() ?? '';
    if (skipping && lines.length > 0) {
      lines[0] = '';
      skipping = false;
    }
    if (rest.length > MOST_LENGTH) skipping = true;
    if (skipping) rest = '';
    yield lines;
  }
  if (rest !== '') yield [rest];
}
