import type {Notice} from '../core/effect.ts';
import type {Level} from '../core/state.ts';
import {logTime} from './time.ts';

/** `2026-01-27 10:30:05,123 - Agent2 - WARNING - webui: …` */
export function logLine({at, level, target, text}: Pick<Notice, 'at' | 'level' | 'target' | 'text'>): string {
  return `${logTime(at)} - Agent2 - ${level.toUpperCase()} - ${target}: ${text}`;
}

export const levels = ['debug', 'info', 'warning', 'error'] as const satisfies readonly Level[];

/** Whether `level` is worth a line where lines from `least` on are wanted. */
export function isAtLeast(level: Level, least: Level): boolean {
  return levels.indexOf(level) >= levels.indexOf(least);
}
