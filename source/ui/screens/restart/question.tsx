import {Dialog} from '../../components/dialog.tsx';
import {Lines, useLook} from '../../components/lines.tsx';
import type {ViewProps} from '../screen.ts';
import {confirmLines, questionLine, type Choice} from './lines.ts';

/** The question as a box, as lines, or as one line, by the size of the terminal. */
export function RestartQuestion(props: ViewProps<Choice>) {
  const {kind, title, target, action, state, rows, width, height} = props;
  const {symbols} = useLook();
  const lines = (columns: number) => confirmLines(target, action, state.focus, columns);
  switch (kind) {
    case 'panels':
      return <Dialog title={title} lines={lines} columns={width} rows={height} />;
    case 'lines':
      return (
        <Lines lines={lines(width).filter(line => line[0] !== '')} width={width} height={height} />
      );
    case 'status':
      return (
        <Lines
          lines={[questionLine(target, rows.length > 1, width, symbols)]}
          width={width}
          height={1}
        />
      );
  }
}
