import type {Theme} from '../source/contracts/theme.ts';

export const definition: Theme = {
  name: 'dark',
  order: 10,
  summary: 'soft colours for a dark background',
  ok: '#8fce72',
  warn: '#e5c07b',
  down: '#f2777a',
  unknown: '#9aa5b1',
  accent: '#7cc5f5',
  muted: '#8a94a3',
  border: '#4b5563',
  chart: '#6fb7e8',
  key: '#d9a8f5',
  dim: false,
};
