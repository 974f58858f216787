import {say} from '../../core/text/say.ts';
import type {Place} from '../navigation.ts';

/** The state of the screen itself, which the monitor does not know. */
export interface UiState extends Choices {
  /** The open screens, the top one last; empty until the user opens one. */
  readonly stack: readonly Place[];
  readonly note: Note | undefined;
  /** Keys do nothing during a hand-over of the loop. */
  readonly busy: boolean;
}

/** The choices of the user, kept when a page opens or closes. */
export interface Choices {
  readonly range: ChartRange;
  /** The charted series, by its name among the values of samples; undefined is the response time. */
  readonly series: string | undefined;
  readonly theme: string;
  /** The name of the selected target; without such a target the first one is selected. */
  readonly target: string | undefined;
  /** The list shows only targets whose names contain this text. */
  readonly filter: string;
  readonly focus: PanelName;
  /** The selected fix by its time; undefined is always the newest one. */
  readonly fixAt: number | undefined;
}

/** A text that is shown until the next key; with `whileLost` also no longer than the monitor is gone. */
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
