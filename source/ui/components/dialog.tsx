import {Box} from 'ink';
import {fitLine, lineWidth, span, type Line} from '../spans.ts';
import {Lines, useLook} from './lines.tsx';

interface DialogProps {
  readonly title: string;
  readonly lines: readonly Line[];
  /** The size of the screen it stands in the middle of. */
  readonly columns: number;
  readonly rows: number;
}

/** A box over everything else. Every cell of it is drawn, so that nothing shines through. */
export function Dialog({title, lines, columns, rows}: DialogProps) {
  const {symbols} = useLook();
  const {border, ellipsis} = symbols;
  const inner = Math.min(columns - 6, Math.max(40, ...lines.map(lineWidth)));
  const edge = (text: string) => span(text, 'accent');
  const framed: readonly Line[] = [
    [edge(`${border.topLeft}${border.top} `), ...fitLine([span(title, 'accent', true), ' ', edge(border.top.repeat(inner))], inner - 1, ''), edge(`${border.top}${border.topRight}`)],
    ...['', ...lines, ''].map((line): Line => [edge(border.left), ' ', ...fitLine(typeof line === 'string' ? [line] : line, inner, ellipsis), ' ', edge(border.right)]),
    [edge(`${border.bottomLeft}${border.bottom.repeat(inner + 2)}${border.bottomRight}`)],
  ];
  const width = inner + 4;
  return (
    <Box position="absolute" marginLeft={Math.floor((columns - width) / 2)} marginTop={Math.max(0, Math.floor((rows - framed.length) / 3))}>
      <Lines lines={framed} width={width} height={framed.length} />
    </Box>
  );
}
