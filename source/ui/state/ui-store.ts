import {initialUi, type UiState} from './ui-state.ts';

export interface UiStore {
  get(): UiState;
  set(change: Partial<UiState>): void;
  subscribe(listener: () => void): () => void;
}

/** Holds the state outside of React, so that the second of two keys in one read sees the effect of the first. */
export function createUiStore(theme: string, target?: string, note?: string): UiStore {
  const listeners = new Set<() => void>();
  let state = initialUi(theme, target, note);
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
