import type {Clock} from '../../contracts/clock.ts';
import type {Notice} from '../../core/model/effect.ts';
import {say} from '../../core/text/say.ts';
import {readNotice} from '../../documents/control/notice.ts';
import {readMonitorStatus} from '../../documents/monitor-status.ts';
import {followEvents, type Following, type SocketOf} from './follow-events.ts';
import {paths} from '../protocol.ts';
import {createRetry} from './retry.ts';

/** The kinds of notices that come even when nothing changes. */
const ROUTINE: ReadonlySet<unknown> = new Set<Notice['kind']>(['check', 'heartbeat']);

/** A notice that gets a line of its own. */
export type FollowedNotice = Pick<Notice, 'at' | 'level' | 'target' | 'text'>;

/** Passes on the notices of a monitor, without the routine ones. Adds a notice when the monitor is gone and when it is back, and reconnects until closed. */
export function followNotices(
  socketOf: SocketOf,
  clock: Pick<Clock, 'now' | 'after'>,
  pid: number,
  onNotice: (notice: FollowedNotice) => void,
): {close(): void} {
  const retry = createRetry(clock, connect);
  let following: Following | undefined;
  let lost = false;
  let last = pid;
  connect();
  return {
    close() {
      retry.stop();
      following?.close();
    },
  };

  function connect(): void {
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
