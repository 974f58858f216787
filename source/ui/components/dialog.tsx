import {Box} from 'ink';
import {framed} from '../frame.ts';
import {lineWidth, type Line} from '../spans.ts';
import {Lines, useLook} from './lines.tsx';

interface DialogProps {
  readonly title: string;
  readonly lines: readonly Line[];
  /** The size of the screen it stands in the middle of. */
  readonly columns: number;
  readonly rows: number;
}

/** A box over everything else. */
export function Dialog({title, lines, columns, rows}: DialogProps) {
  const {symbols} = useLook();
  const width = Math.min(columns - 2, Math.max(44, ...lines.map(line => lineWidth(line) + 4)));
  const height = lines.length + 4;
  return (
    <Box position="absolute" marginLeft={Math.floor((columns - width) / 2)} marginTop={Math.max(0, Math.floor((rows - height) / 3))}>
      <Lines lines={framed([[''], ...lines, ['']], {title, width, height, tone: 'accent'}, symbols)} width={width} height={height} />
    </Box>
  );
}
