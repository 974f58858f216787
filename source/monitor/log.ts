import {join} from 'node:path';
import type {Clock} from '../contracts/clock.ts';
import {logDefaults, type LogEntry, type LogSettings} from '../config/log-settings.ts';
import type {Notice} from '../core/model/effect.ts';
import {message} from '../core/text/message.ts';
import type {Cleaner} from '../format/cleaner.ts';
import {isAtLeast, logLine, logObject} from '../documents/log-line.ts';
import {openLog} from '../io/logs/log-file.ts';
import type {Report} from './problems.ts';

export const LOG_FILE = 'agent2.log';

/** A notice with its log line, and whether its level is logged. The line is built on demand, because every check sends a notice. */
export interface LoggedNotice {
  readonly kind: Notice['kind'];
  readonly logged: boolean;
  /** Without secrets. */
  readonly notice: Notice;
  readonly line: string;
}

/** The log file of a monitor, with the format and the least level from options and config. */
export interface MonitorLog {
  write(notice: Notice): LoggedNotice;
  /** Applies the settings of a changed config file; options win over them. */
  configure(ofConfig: LogEntry | undefined): void;
  reopen(): void;
  /** Waits for a disk that blocks, but not for long. */
  close(): Promise<void>;
}

export function openMonitorLog(
  stateDir: string,
  {log, logOfConfig}: {readonly log: LogEntry; readonly logOfConfig?: LogEntry},
  cleaner: Cleaner,
  report: Report,
  clock: Pick<Clock, 'now'>,
): MonitorLog {
  let settings: LogSettings = {...logDefaults, ...logOfConfig, ...log};
  const file = openLog(
    join(stateDir, LOG_FILE),
    {onProblem: report, lostLine: count => loggedNotice(lost(count), settings, cleaner).line},
    settings,
  );
  const lost = (count: number): Notice => ({
    at: clock.now(),
    target: 'agent2',
    level: 'warning',
    kind: 'change',
    text: message`${count} lines are missing here: the disk took none for too long`,
  });
  return {
    write(notice) {
      const logged = loggedNotice(notice, settings, cleaner);
      if (logged.logged) file.write(logged.line);
      return logged;
    },
    configure(ofConfig) {
      settings = {...logDefaults, ...ofConfig, ...log};
      file.limit(settings);
    },
    reopen: file.reopen,
    close: file.close,
  };
}

function loggedNotice(
  notice: Notice,
  {format, level}: LogSettings,
  cleaner: Cleaner,
): LoggedNotice {
  let clean: Notice | undefined;
  let line: string | undefined;
  return {
    kind: notice.kind,
    logged: isAtLeast(notice.level, level),
    get notice() {
      // Texts of events are cleaned already; those of the monitor itself are not.
      return (clean ??= {...notice, text: cleaner.line(notice.text)});
    },
    get line() {
      return (line ??= format === 'json' ? logObject(this.notice) : logLine(this.notice));
    },
  };
}
