import {render} from '../core/text/say.ts';
import type {Notice} from '../core/model/effect.ts';
import type {Level} from '../core/model/target.ts';
import {isoTime, logTime} from '../format/time.ts';

export const formats = ['text', 'json'] as const;
export type LogFormat = (typeof formats)[number];

/** `2026-01-27 10:30:05,123 - Agent2 - WARNING - webui: …` */
export function logLine({
  at,
  level,
  target,
  text,
}: Pick<Notice, 'at' | 'level' | 'target' | 'text'>): string {
  return `${logTime(at)} - Agent2 - ${level.toUpperCase()} - ${target}: ${render(text)}`;
}

/** `{"timestamp":"2026-01-27T09:30:05.123000+00:00","level":"warning","logger":"agent2","target":"webui","kind":"warn","message":"…"}` */
export function logObject({at, level, target, kind, text}: Notice): string {
  return JSON.stringify({
    timestamp: isoTime(at),
    level,
    logger: 'agent2',
    target,
    kind,
    message: render(text),
  });
}

export const levels = ['debug', 'info', 'warning', 'error'] as const satisfies readonly Level[];

/** Whether a line of `level` is logged at the threshold `least`. */
export function isAtLeast(level: Level, least: Level): boolean {
  return levels.indexOf(level) >= levels.indexOf(least);
}
