import stringWidth from 'string-width';

/** Matches only characters of one column that never join: letters, lines, blocks, braille and agent2's symbols. */
const NARROW =
  /^[\u0020-\u007E\u00A1-\u00AC\u2013-\u2027\u23F8\u2500-\u25FC\u2716\u27F3\u2800-\u28FF]*$/;
let graphemes: Intl.Segmenter | undefined;

/** Creates the segmenter when first needed, since that takes 15 ms and is rarely needed. */
function segments(text: string): Intl.Segments {
  return (graphemes ??= new Intl.Segmenter()).segment(text);
}

/** The number of terminal columns of a text. */
export function displayWidth(text: string): number {
  return NARROW.test(text) ? text.length : stringWidth(text);
}

/** The graphemes of a text, each with its columns; leaves out those of no width. */
export function characters(text: string): Iterable<readonly [char: string, width: number]> {
  if (NARROW.test(text)) return Array.from(text, char => [char, 1]);
  return Array.from(
    segments(text),
    ({segment}) => [segment, displayWidth(segment)] as const,
  ).filter(([, width]) => width > 0);
}

/** Cuts a text to `width` columns; `ellipsis` marks the cut. */
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

/** Breaks a text into lines of at most `width` columns: between words, and in Chinese between any two characters, but not before punctuation. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const [index, word] of text.split(' ').entries()) {
    for (const [nth, piece] of piecesOf(word).entries()) {
      const longer = `${line}${line === '' || index === 0 || nth > 0 ? '' : ' '}${piece}`;
      if (displayWidth(longer) <= width) {
        line = longer;
        continue;
      }
      if (line !== '') lines.push(line);
      line = piece;
      while (displayWidth(line) > width) {
        const part = head(line, width) || line.slice(0, 1);
        lines.push(part);
        line = line.slice(part.length);
      }
    }
  }
  return [...lines, line];
}

const WIDE = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3001-\u303F\uFF01-\uFF60`;
const PIECE = new RegExp(
  String.raw`[（「『《【]*(?:[${WIDE}]\p{M}*|[^${WIDE}]+)[，。；：、）」』》】！？]*`,
  'gu',
);

/** The parts of a word between which a line may break. */
function piecesOf(word: string): readonly string[] {
  return NARROW.test(word) ? [word] : (word.match(PIECE) ?? [word]);
}

function head(text: string, width: number): string {
  if (NARROW.test(text)) return text.slice(0, width);
  let taken = '';
  let used = 0;
  for (const {segment} of segments(text)) {
    used += displayWidth(segment);
    if (used > width) break;
    taken += segment;
  }
  return taken;
}
