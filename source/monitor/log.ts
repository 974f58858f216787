import {join} from 'node:path';
import {logDefaults, type LogEntry, type LogSettings} from '../config/log-words.ts';
import type {Notice} from '../core/model/effect.ts';
import type {Cleaner} from '../format/cleaner.ts';
import {isAtLeast, logLine, logObject} from '../documents/log-line.ts';
import {openLog} from '../io/logs/log-file.ts';
import type {Report} from './problems.ts';

export const LOG_FILE = 'agent2.log';

/** A notice as a line, and whether its level is worth one. */
export interface LoggedNotice {
  /** Free of secrets. */
  readonly notice: Notice;
  readonly line: string;
  readonly logged: boolean;
}

/** The log of a monitor: notices go into it in the format and from the level on that are wanted. */
export interface MonitorLog {
  write(notice: Notice): LoggedNotice;
  /** What the config file says by now. */
  configure(ofConfig: LogEntry | undefined): void;
  reopen(): void;
  close(): void;
}

export function openMonitorLog(
  stateDir: string,
  {log, logOfConfig}: {readonly log: LogEntry; readonly logOfConfig?: LogEntry},
  cleaner: Cleaner,
  report: Report,
): MonitorLog {
  let settings: LogSettings = {...logDefaults, ...logOfConfig, ...log};
  const file = openLog(join(stateDir, LOG_FILE), report, settings);
  return {
    write(notice) {
      // All that comes in is clean already; what is said here of our own doing has not come in.
      const clean = {...notice, text: cleaner.line(notice.text)};
      const line = settings.format === 'json' ? logObject(clean) : logLine(clean);
      const logged = isAtLeast(notice.level, settings.level);
      if (logged) file.write(line);
      return {notice: clean, line, logged};
    },
    configure(ofConfig) {
      settings = {...logDefaults, ...ofConfig, ...log};
      file.limit(settings);
    },
    reopen: file.reopen,
    close: file.close,
  };
}
