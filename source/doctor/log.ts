import {join} from 'node:path';
import {say} from '../core/text/say.ts';
import {readLogLine} from '../documents/log-entry.ts';
import {redact} from '../format/redact.ts';
import {sanitize} from '../format/sanitize.ts';
import {clockTime} from '../format/time.ts';
import {typed} from '../format/shell-words.ts';
import {lastLines} from '../io/logs/last-lines.ts';
import {accessFacts} from '../io/files/access-facts.ts';
import type {Examination} from './shared/scene.ts';

/** Does the log contain errors of the last hour? It quotes them, so they are in the language of the log. */
export const definition: Examination = {
  order: 50,
  about: 'monitor',
  what: () => say`log`,
  finds: 'errors of the last hour; it shows the last ones',
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
        ? say`one error in the last hour, as logged:`
        : say`${errors.length} errors in the last hour; the latest, as logged:`;
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

/** The time and text of a recent ERROR line; none for any other line. */
function errorOf(line: string, now: number): readonly string[] {
  const {at, level, logger, target, message = ''} = readLogLine(line) ?? {};
  if (level !== 'error' || logger !== 'agent2' || at === undefined || now - at >= HOUR_MS)
    return [];
  return [`${clockTime(at)} ${clean(target === undefined ? message : `${target}: ${message}`)}`];
}

function clean(text: string): string {
  return sanitize(redact(text), 160);
}
