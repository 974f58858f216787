import {render} from '../../core/text/say.ts';
import type {MonitoredTarget} from '../../documents/monitor-status.ts';
import {columns} from '../../format/columns.ts';
import {sanitize} from '../../format/sanitize.ts';
import {displayWidth, wrap} from '../../format/width.ts';

const LEAST_REASON = 20;
/** Keeps the gap before the reason. */
const END = '.';

/** Each target: how it is, and why. In lines of at most `width` columns; a line each where it is infinite. */
export function targetLines(targets: readonly MonitoredTarget[], width: number): string {
  const heads = columns(
    targets.map(({name, health}) => [sanitize(name, 63), health, END]),
    {width: width - LEAST_REASON, shrinkable: {0: 12}},
  ).map(line => line.slice(0, -END.length));
  return targets
    .flatMap(({why}, index) => {
      const head = heads[index] ?? '';
      const indent = ' '.repeat(displayWidth(head));
      return wrap(sanitize(render(why), 400), width - indent.length).map(
        (line, row) => `${row === 0 ? head : indent}${line}`.trimEnd() + '\n',
      );
    })
    .join('');
}
