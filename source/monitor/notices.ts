import type {Text} from '../core/model/text.ts';
import type {Clock} from '../contracts/clock.ts';
import type {Notice} from '../core/model/effect.ts';
import type {MonitorControl} from './control.ts';
import type {LoggedNotice, MonitorLog} from './log.ts';

/** Sends notices to the log and to the clients that follow the monitor. */
export interface Notices {
  notify(notice: Notice): void;
  /** Logs a text about the monitor itself. */
  log(text: Text, level?: Notice['level']): void;
}

export function createNotices(
  clock: Pick<Clock, 'now'>,
  log: Pick<MonitorLog, 'write'>,
  control: Pick<MonitorControl, 'notify'>,
  onNotice: (logged: LoggedNotice) => void = () => {},
): Notices {
  return {
    notify,
    log: (text, level = 'info') =>
      notify({at: clock.now(), target: 'agent2', level, kind: 'change', text}),
  };

  function notify(notice: Notice): void {
    const logged = log.write(notice);
    onNotice(logged);
    // Clients get no notice of every check.
    if (logged.kind !== 'check') control.notify(logged.notice);
  }
}
