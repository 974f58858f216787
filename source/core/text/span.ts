import type {Message} from '../model/text.ts';
import {message, messageOf} from './message.ts';

/** A span of time in a sentence: `2.4 ms`, `0.4 s`, `12 s`, `5 min`, `3 h`. Rounded, never negative. */
export function span(ms: number): Message {
  if (ms > 0 && ms < 100) return message`${inMs(ms)} ms`;
  const seconds = Math.max(0, ms) / 1000;
  if (seconds < 10) return message`${trim(seconds)} s`;
  if (seconds < 120) return message`${Math.round(seconds)} s`;
  if (seconds < 2 * 3600) return message`${Math.round(seconds / 60)} min`;
  return message`${Math.round(seconds / 3600)} h`;
}

/** The remaining time: whole seconds, rounded up, so that a countdown never shows 0 early. */
export function left(until: number, now: number): Message {
  return span(Math.max(1, Math.ceil((until - now) / 1000)) * 1000);
}

/** A response time in a sentence: `52 ms`. In Chinese always in seconds, `0.052s`, since scripts of AgentOS's users add them up. */
export function answerTime(ms: number): Message {
  const seconds = (Math.max(0, ms) / 1000).toFixed(ms < 100 ? 3 : 2);
  const {key, context, values = []} = messageOf('answer')`${span(ms)}`;
  return {key, context, values: [...values, seconds]};
}

function inMs(ms: number): number {
  return ms < 10 ? Number(ms.toFixed(1)) : Math.round(ms);
}

function trim(seconds: number): string {
  return seconds.toFixed(seconds < 1 ? 2 : 1).replace(/\.?0+$/, '');
}
