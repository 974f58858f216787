/** What only the screen knows: which overlay is open, what is selected. */
export interface UiState {
  readonly overlay: Overlay;
  readonly range: ChartRange;
  readonly theme: string;
  /** The selected fix by its time; undefined is the newest one, whatever that comes to be. */
  readonly fixAt: number | undefined;
}

export type Overlay =
  | {readonly kind: 'none'}
  | {readonly kind: 'confirm'; readonly focus: 'cancel' | 'restart'}
  | {readonly kind: 'why' | 'help'; readonly scroll: number};

export interface ChartRange {
  readonly label: string;
  readonly ms: number;
}

export const RANGES: readonly [ChartRange, ChartRange] = [
  {label: '5 min', ms: 300_000},
  {label: '1 h', ms: 3_600_000},
];

export interface UiStore {
  get(): UiState;
  set(change: Partial<UiState>): void;
  subscribe(listener: () => void): () => void;
}

/** Kept outside of React: two keys that arrive in one read must each see what the one before did. */
export function createUiStore(theme: string): UiStore {
  const listeners = new Set<() => void>();
  let state: UiState = {overlay: {kind: 'none'}, range: RANGES[0], theme, fixAt: undefined};
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
