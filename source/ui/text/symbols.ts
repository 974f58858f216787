import type {HealthLevel} from '../../core/model/health.ts';
import type {Phase} from '../../core/model/target.ts';
import type {Tone} from './spans.ts';

/** The special characters of the screen: a set for UTF-8 terminals, and one in plain ASCII. */
export interface Symbols {
  readonly level: Readonly<Record<HealthLevel, string>>;
  readonly phase: Readonly<Record<Phase, string>>;
  readonly ellipsis: string;
  readonly marker: string;
  readonly border: Border;
  /** The heights of a check in the strip, the lowest first. */
  readonly bars: readonly string[];
  readonly strip: {readonly slow: string; readonly failed: string; readonly inconclusive: string};
  readonly chart: [string, string, string, string, string, string, string, string, string, string];
}

interface Border {
  readonly topLeft: string;
  readonly top: string;
  readonly topRight: string;
  readonly left: string;
  readonly right: string;
  readonly bottomLeft: string;
  readonly bottom: string;
  readonly bottomRight: string;
}

/** Each level has a shape of its own, so that no meaning depends on colour alone. */
export const UNICODE: Symbols = {
  level: {ok: '●', warn: '▲', down: '✖', unknown: '○'},
  phase: {initializing: '◌', monitoring: '▶', fixing: '⟳', paused: '⏸', held: '■', stopped: '□'},
  ellipsis: '…',
  marker: '▸',
  border: {
    topLeft: '╭',
    top: '─',
    topRight: '╮',
    left: '│',
    right: '│',
    bottomLeft: '╰',
    bottom: '─',
    bottomRight: '╯',
  },
  bars: ['▁', '▂', '▃', '▄', '▅', '▆', '▇'],
  strip: {slow: '!', failed: 'x', inconclusive: '?'},
  chart: ['┼', '┤', '╶', '╴', '─', '╰', '╭', '╮', '╯', '│'],
};

export const ASCII: Symbols = {
  level: {ok: '*', warn: '!', down: 'x', unknown: '?'},
  phase: {initializing: '.', monitoring: '>', fixing: '~', paused: '=', held: '#', stopped: '-'},
  ellipsis: '...',
  marker: '>',
  border: {
    topLeft: '+',
    top: '-',
    topRight: '+',
    left: '|',
    right: '|',
    bottomLeft: '+',
    bottom: '-',
    bottomRight: '+',
  },
  bars: ['_', '.', ':', '-', '=', '+', '#'],
  strip: {slow: '!', failed: 'x', inconclusive: '?'},
  chart: ['+', '|', '-', '-', '-', '`', '.', '.', "'", '|'],
};

export const LEVEL_WORD: Readonly<Record<HealthLevel, string>> = {
  ok: 'OK',
  warn: 'WARN',
  down: 'DOWN',
  unknown: 'UNKNOWN',
};

export const LEVEL_TONE: Readonly<Record<HealthLevel, Tone>> = {
  ok: 'ok',
  warn: 'warn',
  down: 'down',
  unknown: 'unknown',
};

export function phaseTone(phase: Phase): Tone {
  switch (phase) {
    case 'monitoring':
      return 'ok';
    case 'fixing':
      return 'accent';
    case 'paused':
      return 'warn';
    case 'held':
      return 'down';
    default:
      return 'muted';
  }
}
