import {join} from 'node:path';
import {say} from '../core/text/say.ts';
import {isRecord, parseJson} from '../format/json.ts';
import {redact} from '../format/redact.ts';
import {sanitize} from '../format/sanitize.ts';
import {typed} from '../format/shell-words.ts';
import {lastLines} from '../io/logs/last-lines.ts';
import {accessFacts} from '../io/files/access-facts.ts';
import type {Examination} from './shared/scene.ts';

/** Does the log tell of errors in the last hour? */
export const definition: Examination = {
  order: 50,
  about: 'monitor',
  what: () => say`log`,
  async examine({stateDir, which}, {machine}) {
    const path = join(stateDir, 'agent2.log');
    if (accessFacts(path).kind === 'missing') return [];
    const lines = await lastLines(path, MOST_LINES);
    if (lines.kind === 'unreadable')
      return [
        {
          id: 'log_unreadable',
          level: 'warn',
          seen: say`cannot be read: ${lines.reason}`,
          next: `ls -l ${typed([path])}`,
        },
      ];
    const errors = lines.text.split('\n').flatMap(line => errorOf(line, machine.now()));
    if (errors.length === 0)
      return [{id: 'log', level: 'ok', seen: say`no errors in the last hour`}];
    const last = errors
      .slice(-SHOWN)
      .map(text => `  ${text}`)
      .join('\n');
    const count =
      errors.length === 1
        ? say`one error in the last hour:`
        : say`${errors.length} errors in the last hour, the last of them:`;
    return [
      {
        id: 'log_errors',
        level: 'warn',
        seen: `${count}\n${last}`,
        next: `agent2 logs --level error --since 1h${which}`,
      },
    ];
  },
};

const MOST_LINES = 400;
const SHOWN = 3;
const HOUR_MS = 3_600_000;

/** The time and text of a line of level ERROR that is not old; none for any other line. */
function errorOf(line: string, now: number): readonly string[] {
  const [, day, time, text] =
    /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d),\d{3} - Agent2 - ERROR - (.*)$/.exec(line) ?? [];
  if (day !== undefined && time !== undefined)
    return isRecent(Date.parse(`${day}T${time}`), now) ? [`${time} ${clean(text ?? '')}`] : [];
  const entry = line.startsWith('{') ? parseJson(line) : undefined;
  if (!isRecord(entry) || !/^error$/i.test(String(entry.level))) return [];
  const stamp = Object.values(entry).find(
    value => typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value),
  );
  const message = [entry.message, entry.text, entry.msg].find(text => typeof text === 'string');
  return typeof stamp === 'string' && isRecent(Date.parse(stamp), now)
    ? [`${stamp.slice(11, 19)} ${clean(message ?? line)}`]
    : [];
}

function isRecent(at: number, now: number): boolean {
  return now - at < HOUR_MS;
}

function clean(text: string): string {
  return sanitize(redact(text), 160);
}
