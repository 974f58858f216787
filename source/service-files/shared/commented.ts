/** A part of a file: lines under the comment that gives their reason. */
export interface Part {
  readonly why?: string;
  readonly lines: readonly string[];
}

const WIDTH = 100;

/** Comments before the lines that they explain; a long one goes over several lines. Parts without lines are only comments. */
export function commented(parts: readonly Part[]): string {
  return parts
    .flatMap(({why, lines}) => [...(why === undefined ? [] : comment(why)), ...lines])
    .join('\n');
}

export function comment(text: string): readonly string[] {
  const lines: string[] = [];
  let line = '#';
  for (const word of text.split(/ +/)) {
    if (line.length + 1 + word.length > WIDTH && line !== '#') {
      lines.push(line);
      line = '#';
    }
    line += ` ${word}`;
  }
  return [...lines, line];
}
