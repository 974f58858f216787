import type {Clock} from '../../contracts/clock.ts';
import type {Notice} from '../../core/model/effect.ts';
import {say} from '../../core/text/say.ts';
import {readNotice} from '../../documents/control/events.ts';
import {readMonitorStatus} from '../../documents/monitor-status.ts';
import {followEvents, type Following, type SocketOf} from './follow-events.ts';
import {paths} from '../protocol.ts';
import {createRetry} from './retry.ts';

/** What is told whether or not anything happens. */
const ROUTINE: ReadonlySet<unknown> = new Set<Notice['kind']>(['check', 'heartbeat']);

/** What is worth a line of its own. */
export type ToldNotice = Pick<Notice, 'at' | 'level' | 'target' | 'text'>;

/**
 * Hears what a monitor tells people, and, as a notice too, that it is gone and there again; it is looked for until closed. What is told every
 * minute while nothing happens is left out.
 */
export function followNotices(
  socketOf: SocketOf,
  clock: Pick<Clock, 'now' | 'after'>,
  pid: number,
  onNotice: (notice: ToldNotice) => void,
): {close(): void} {
  const retry = createRetry(clock, look);
  let following: Following | undefined;
  let lost = false;
  let last = pid;
  look();
  return {
    close() {
      retry.stop();
      following?.close();
    },
  };

  function look(): void {
    following = followEvents(socketOf, paths.events, clock, {
      onEvents(events) {
        for (const {event, data} of events) {
          if (event === 'snapshot') begun(readMonitorStatus(data)?.pid ?? last);
          if (event !== 'notice') continue;
          const notice = readNotice(data);
          if (notice && !ROUTINE.has(notice.kind)) onNotice(notice);
        }
        return undefined;
      },
      onEnd({text, gone}) {
        if (!lost)
          own(
            'warning',
            gone
              ? say`monitor gone (pid ${last}); looking for it again`
              : say`monitor lost (pid ${last}): ${text}; looking for it again`,
          );
        lost = true;
        retry.again();
      },
    });
  }

  function begun(pid: number): void {
    retry.found();
    if (lost) own('info', say`attached to pid ${pid}`);
    lost = false;
    last = pid;
  }

  function own(level: Notice['level'], text: string): void {
    onNotice({at: clock.now(), level, target: 'agent2', text});
  }
}
