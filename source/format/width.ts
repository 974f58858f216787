import stringWidth from 'string-width';

const PLAIN = /^[\x20-\x7e]*$/;
const graphemes = new Intl.Segmenter();

/** How many terminal columns a text takes. */
export function displayWidth(text: string): number {
  return PLAIN.test(text) ? text.length : stringWidth(text);
}

/** The text in at most `width` columns; what is cut off shows as `ellipsis`. */
export function cut(text: string, width: number, ellipsis = '…'): string {
  if (displayWidth(text) <= width) return text;
  const mark = displayWidth(ellipsis) <= width ? ellipsis : '';
  return head(text, width - displayWidth(mark)) + mark;
}

/** The text in exactly `width` columns: cut or padded with spaces. */
export function fit(text: string, width: number, ellipsis = '…'): string {
  const shown = cut(text, width, ellipsis);
  return shown + ' '.repeat(Math.max(0, width - displayWidth(shown)));
}

/** The text in lines of at most `width` columns, broken between words where there are any. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (displayWidth(longer) <= width) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
    while (displayWidth(line) > width) {
      const part = head(line, width) || line.slice(0, 1);
      lines.push(part);
      line = line.slice(part.length);
    }
  }
  return [...lines, line];
}

function head(text: string, width: number): string {
  let taken = '';
  let used = 0;
  for (const {segment} of graphemes.segment(text)) {
    used += displayWidth(segment);
    if (used > width) break;
    taken += segment;
  }
  return taken;
}
