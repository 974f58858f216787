import {memo} from 'react';
import type {Verdict} from '../../../core/model/ledger.ts';
import {issueName} from '../../../core/text/issue-name.ts';
import {render, say, sayOf} from '../../../core/text/say.ts';
import type {FixRecord} from '../../../core/model/repair.ts';
import {formatClock} from '../../../format/age.ts';
import {formatMs} from '../../../format/number.ts';
import {innerHeight, innerWidth} from '../../text/frame.ts';
import {muted, type Line, type Tone} from '../../text/spans.ts';
import {useLook} from '../../components/lines.tsx';
import {Panel} from '../../components/panel.tsx';
import {Table, type Column, type TableRow} from '../../components/table.tsx';

interface FixesPanelProps {
  /** Oldest first. */
  readonly fixes: readonly FixRecord[];
  readonly selectedAt: number | undefined;
  /** The keys move the selection in this panel, which a mark shows. */
  readonly focused: boolean;
  /** Epoch milliseconds of any time today: fixes of other days show their date. */
  readonly today: number;
  readonly width: number;
  readonly height: number;
}

/** The fixes, the newest first, and below them the selected one in full. */
export const FixesPanel = memo(function FixesPanel({
  fixes,
  selectedAt,
  focused,
  today,
  width,
  height,
}: FixesPanelProps) {
  const {symbols} = useLook();
  const newestFirst = fixes.toReversed();
  const selected = Math.max(
    0,
    newestFirst.findIndex(fix => fix.at === selectedAt),
  );
  const fix = newestFirst[selected];
  const inner = {width: innerWidth(width), height: innerHeight(height)};
  const detailed = inner.height >= 4;
  const visible = Math.max(0, inner.height - (detailed ? 2 : 1));
  const first = Math.max(0, selected - visible + 1);
  const rows = newestFirst
    .slice(first, first + visible)
    .map((record, index) =>
      rowOf(record, first + index === selected ? symbols.marker : ' ', today),
    );
  const note =
    fix === undefined
      ? ''
      : `${sayOf('position')`${selected + 1} of ${fixes.length}`}${fix.incident === undefined ? '' : say`, Enter opens`}`;
  const none: Line = fix === undefined ? [muted(say`none so far`)] : [];
  const detail: Line =
    fix?.detail !== undefined && detailed ? [muted(`   ${fix.action}: `), render(fix.detail)] : [];
  const lines = Array.from({length: inner.height}, (_, row) =>
    row === inner.height - 1 && detailed ? detail : row === 0 ? none : [],
  );
  return (
    <Panel
      title={say`Fixes`}
      focused={focused}
      note={note}
      lines={lines}
      width={width}
      height={height}
    >
      {fix && inner.height > 0 && (
        <Table
          columns={
            fixes.some(({verdict}) => verdict !== undefined)
              ? [...columns(), verdictColumn()]
              : columns()
          }
          rows={rows}
          width={inner.width}
        />
      )}
    </Panel>
  );
});

const RESULT_TONE: Readonly<Record<string, Tone>> = {
  success: 'ok',
  failed: 'down',
  running: 'accent',
  signal_created: 'accent',
  warning_logged: 'warn',
};

/** A function, because the language is chosen after this module loads. The first column has room for the mark of the selected row. */
function columns(): readonly Column[] {
  return [
    {name: say`  time`},
    {name: say`issue`, least: 10, drop: 2},
    {name: say`cause`, drop: 3},
    {name: say`action`, least: 8, drop: 0},
    {name: say`result`, tone: text => RESULT_TONE[text]},
    {name: say`healthy after`, drop: 1},
  ];
}

const VERDICT_TONE: Readonly<Record<string, Tone>> = {
  'healed': 'ok',
  'relapsed': 'warn',
  'no effect': 'down',
  'unneeded': 'muted',
} satisfies Readonly<Record<Verdict, Tone>>;

/** The later rating of a fix; the column appears with the first rating. */
function verdictColumn(): Column {
  return {name: say`verdict`, drop: -1, tone: text => VERDICT_TONE[text]};
}

function rowOf(fix: FixRecord, marker: string, today: number): TableRow {
  return {
    [say`  time`]: `${marker} ${formatClock(fix.at, today)}`,
    [say`issue`]: render(issueName(fix)),
    [say`cause`]: fix.cause,
    [say`action`]: fix.action,
    [say`result`]: fix.result,
    [say`healthy after`]: fix.healthyAfterMs === undefined ? '' : formatMs(fix.healthyAfterMs),
    [say`verdict`]: fix.verdict ?? '',
  };
}
