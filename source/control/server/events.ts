import type {Notice} from '../../core/model/effect.ts';
import type {State} from '../../core/model/state.ts';
import {noticeText} from '../../documents/control/notice.ts';
import {statusDocument, targetDocument} from '../../documents/status.ts';
import type {Feed} from './attach.ts';
import type {ControlHost} from './host.ts';
import {createReaders, sse} from './readers.ts';
import {targetsOf} from '../../core/targets.ts';

const AT_MOST_EVERY_MS = 1_000;

export interface EventsFeed extends Feed {
  notify(notice: Notice): void;
}

/**
 * Feeds people and scripts: `snapshot` (the status document), then `change` (the changed targets) at most once a second, and `notice`.
 * Another `snapshot` comes when more than targets changed: a problem of agent2, or the list of targets.
 */
export function createEventsFeed(
  {monitor, pid, version, config}: ControlHost,
  guarded: (run: () => void) => void,
): EventsFeed {
  let sent: State | undefined;
  let whole: {readonly of: State; readonly bytes: Buffer} | undefined;
  let sentAt = -Infinity;
  let timer: NodeJS.Timeout | undefined;
  let unsubscribe = () => {};
  const readers = createReaders(() => snapshot(monitor.getSnapshot()));

  return {
    open(stream) {
      if (readers.count() === 0) unsubscribe = monitor.subscribe(() => guarded(changed));
      sent ??= monitor.getSnapshot();
      const remove = readers.add(stream);
      return () => {
        remove();
        if (readers.count() === 0) forget();
      };
    },
    notify(notice) {
      if (notice.kind === 'check' || readers.count() === 0) return;
      guarded(() => readers.send(sse('notice', noticeText(notice))));
    },
    close() {
      if (readers.count() > 0) publish();
      readers.close();
      forget();
    },
  };

  function snapshot(state: State): Buffer {
    if (whole?.of !== state)
      whole = {
        of: state,
        bytes: sse(
          'snapshot',
          JSON.stringify(statusDocument(state, monitor.now(), {pid, version, config})),
        ),
      };
    return whole.bytes;
  }

  function changed(): void {
    timer ??= setTimeout(
      () => guarded(publish),
      Math.max(0, sentAt + AT_MOST_EVERY_MS - performance.now()),
    ).unref();
  }

  function publish(): void {
    clearTimeout(timer);
    timer = undefined;
    const before = sent;
    const after = monitor.getSnapshot();
    if (after === before || !before) return;
    sent = after;
    whole = undefined;
    sentAt = performance.now();
    if (!sameFrame(before, after)) return readers.send(snapshot(after));
    const targets = targetsOf(after)
      .filter((target, index) => target !== targetsOf(before)[index])
      .map(target => targetDocument(after, target, monitor.now()));
    if (targets.length > 0) readers.send(sse('change', JSON.stringify({targets})));
  }

  function forget(): void {
    unsubscribe();
    clearTimeout(timer);
    timer = undefined;
    sent = undefined;
    whole = undefined;
  }
}

/** Whether the states differ only in what their targets are doing. */
function sameFrame(a: State, b: State): boolean {
  return (
    a.status === b.status &&
    a.problems === b.problems &&
    targetsOf(a).length === targetsOf(b).length &&
    targetsOf(a).every(({settings}, index) => settings.name === targetsOf(b)[index]?.settings.name)
  );
}
