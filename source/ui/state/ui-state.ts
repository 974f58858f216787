import {say} from '../../core/text/say.ts';
import type {Place} from '../navigation.ts';

/** What only the screen knows. */
export interface UiState extends Choices {
  /** The open screens, the one on top last; empty until another than the first was opened. */
  readonly stack: readonly Place[];
  readonly note: Note | undefined;
  /** While the loop is handed over no key may disturb it. */
  readonly busy: boolean;
}

/** What was chosen on the screen, whichever page is open. */
export interface Choices {
  readonly range: ChartRange;
  /** What the chart shows, by its name among the samples' values; undefined is the response time. */
  readonly series: string | undefined;
  readonly theme: string;
  /** The name of the selected target; the first one where there is none of that name. */
  readonly target: string | undefined;
  /** Only targets whose names contain this are listed; empty lists all. */
  readonly filter: string;
  readonly focus: PanelName;
  /** The selected fix by its time; undefined is the newest one, whatever that comes to be. */
  readonly fixAt: number | undefined;
}

/** Shown until the next key; `whileLost` only as long as the monitor is gone. */
export interface Note {
  readonly text: string;
  readonly whileLost: boolean;
}

/** A panel that keys can move in. */
export type PanelName = 'targets' | 'fixes';

export interface ChartRange {
  readonly label: () => string;
  readonly ms: number;
}

export const RANGES: readonly [ChartRange, ChartRange] = [
  {label: () => say`${5} min`, ms: 300_000},
  {label: () => say`${1} h`, ms: 3_600_000},
];

export function initialUi(theme: string, target?: string, note?: string): UiState {
  return {
    stack: [],
    range: RANGES[0],
    series: undefined,
    theme,
    target,
    filter: '',
    focus: 'targets',
    fixAt: undefined,
    note: note === undefined ? undefined : {text: note, whileLost: false},
    busy: false,
  };
}
