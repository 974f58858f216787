import type {Theme} from '../source/contracts/theme.ts';

/** The palette of Okabe and Ito, whose colours stay apart with every common kind of colour blindness. */
export const definition: Theme = {
  name: 'colour-blind',
  order: 40,
  summary: 'blue, orange and vermilion instead of green and red',
  ok: '#56b4e9',
  warn: '#e69f00',
  down: '#d55e00',
  unknown: '#999999',
  accent: '#f0e442',
  muted: '#999999',
  border: '#6b6b6b',
  chart: '#009e73',
  key: '#cc79a7',
  dim: false,
};
