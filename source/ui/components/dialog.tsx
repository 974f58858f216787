import {Box} from 'ink';
import {framed} from '../text/frame.ts';
import {lineWidth, type Line} from '../text/spans.ts';
import {Lines, useLook} from './lines.tsx';

interface DialogProps {
  readonly title: string;
  /** Lines of at most `width` columns, the inside of the box. */
  readonly lines: (width: number) => readonly Line[];
  /** The size of the screen, in whose centre the box is drawn. */
  readonly columns: number;
  readonly rows: number;
}

const LEAST = 40;
/** The columns of frame, inner and outer margins together. */
const AROUND = 6;

/** A box over everything else, with an empty column on both sides that separates its border from those behind it. */
export function Dialog({title, lines, columns, rows}: DialogProps) {
  const {symbols} = useLook();
  const text = lines(Math.min(72, columns - AROUND - 8));
  const width = Math.max(LEAST, ...text.map(lineWidth)) + AROUND;
  const height = text.length + 4;
  const box = framed(
    [[''], ...text, ['']],
    {title, width: width - 2, height, tone: 'accent'},
    symbols,
  );
  return (
    <Box
      position="absolute"
      marginLeft={Math.floor((columns - width) / 2)}
      marginTop={Math.max(0, Math.floor((rows - height) / 3))}
    >
      <Lines lines={box.map(line => [' ', ...line, ' '])} width={width} height={height} />
    </Box>
  );
}
