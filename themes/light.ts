import type {Theme} from '../source/contracts/theme.ts';

export const definition: Theme = {
  name: 'light',
  order: 20,
  summary: 'darker colours for a light background',
  ok: '#1a7f37',
  warn: '#8a5a00',
  down: '#c0262d',
  unknown: '#57606a',
  accent: '#0a58b0',
  muted: '#616b76',
  border: '#aab2bb',
  chart: '#0a6ebd',
  key: '#7b3fb0',
  dim: false,
};
