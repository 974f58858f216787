import {say} from '../../core/text/say.ts';

/** What only the screen knows: which overlay is open, what is selected. */
export interface UiState {
  readonly overlay: Overlay;
  readonly range: ChartRange;
  /** What the chart shows, by its name among the samples' values; undefined is the response time. */
  readonly series: string | undefined;
  readonly theme: string;
  /** The name of the selected target; the first one where there is none of that name. */
  readonly target: string | undefined;
  /** Only targets whose names hold this are listed; empty lists all. */
  readonly filter: string;
  readonly focus: PanelName;
  /** The selected fix by its time; undefined is the newest one, whatever that comes to be. */
  readonly fixAt: number | undefined;
  /** Said on the screen until the next key; `whileLost` only as long as the monitor is gone. */
  readonly note: {readonly text: string; readonly whileLost: boolean} | undefined;
  /** Something is under way that no key must get in the way of. */
  readonly busy: boolean;
}

/** A panel that one can move in. */
export type PanelName = 'targets' | 'fixes';

/** What is about one target carries its name: the target may go while it is open. */
export type Overlay =
  | {readonly kind: 'none'}
  /** The filter is being typed. */
  | {readonly kind: 'filter'}
  | {readonly kind: 'confirm'; readonly target: string; readonly focus: 'cancel' | 'restart'}
  | {readonly kind: 'why' | 'help'; readonly scroll: number}
  /** The list of incidents; without a number the newest is selected. */
  | {readonly kind: 'incidents'; readonly target: string; readonly number?: number}
  | {
      readonly kind: 'incident';
      readonly target: string;
      readonly number: number;
      readonly scroll: number;
      readonly fromList: boolean;
    };

export interface ChartRange {
  readonly label: () => string;
  readonly ms: number;
}

export const RANGES: readonly [ChartRange, ChartRange] = [
  {label: () => say`${5} min`, ms: 300_000},
  {label: () => say`${1} h`, ms: 3_600_000},
];

export interface UiStore {
  get(): UiState;
  set(change: Partial<UiState>): void;
  subscribe(listener: () => void): () => void;
}

/** Kept outside of React: two keys that arrive in one read must each see what the one before did. */
export function createUiStore(theme: string, target?: string, note?: string): UiStore {
  const listeners = new Set<() => void>();
  let state: UiState = {
    overlay: {kind: 'none'},
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
  return {
    get: () => state,
    set(change) {
      state = {...state, ...change};
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
