import type {Theme} from '../source/contracts/theme.ts';

export const definition: Theme = {
  name: 'high-contrast',
  order: 30,
  summary: "the terminal's own bright colours, nothing dim",
  ok: 'greenBright',
  warn: 'yellowBright',
  down: 'redBright',
  unknown: 'whiteBright',
  accent: 'cyanBright',
  muted: undefined,
  border: undefined,
  chart: 'cyanBright',
  key: 'yellowBright',
  dim: false,
};
