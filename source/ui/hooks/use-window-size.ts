import {createContext, useContext, useSyncExternalStore} from 'react';
import type {Painter, Size} from '../terminal/painter.ts';

export type SizeSource = Pick<Painter, 'size' | 'subscribe'>;

export const SizeContext = createContext<SizeSource>({
  size: () => DEFAULT,
  subscribe: () => () => undefined,
});

const DEFAULT: Size = {columns: 80, rows: 24};

/** The size of the terminal; a resize draws again. */
export function useWindowSize(): Size {
  const source = useContext(SizeContext);
  return useSyncExternalStore(source.subscribe, source.size);
}
