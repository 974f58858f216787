import type {Theme} from '../source/contracts/theme.ts';

export const definition: Theme = {
  name: 'mono',
  order: 50,
  summary: 'no colour at all, only bold and inverse',
  ok: undefined,
  warn: undefined,
  down: undefined,
  unknown: undefined,
  accent: undefined,
  muted: undefined,
  border: undefined,
  chart: undefined,
  key: undefined,
  dim: true,
};
