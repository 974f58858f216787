import type {Clock} from '../../contracts/clock.ts';
import type {Command, Link, Monitor} from '../../contracts/monitor.ts';
import {say} from '../../core/text/say.ts';
import {span} from '../../core/text/span.ts';
import type {State} from '../../core/model/state.ts';
import {readAnswer} from '../../documents/control/answer.ts';
import type {Hello} from '../../documents/control/hello.ts';
import {sanitize} from '../../format/sanitize.ts';
import {requestLocally, type LocalResponse} from '../../io/socket/local-request.ts';
import type {FollowEnd, Following, SocketOf} from './follow-events.ts';
import {followMonitor} from './follow-monitor.ts';
import {HOST, paths} from '../protocol.ts';
import {createRetry} from './retry.ts';

/** A monitor in another process, over its socket. */
export interface RemoteMonitor extends Monitor {
  link(): Link;
  /** Of the monitor that was there last. */
  hello(): Hello;
  /** Says on the screen for a while that something does not work. */
  report(text: string): void;
  close(): void;
}

export type Attached =
  | {readonly kind: 'attached'; readonly monitor: RemoteMonitor}
  | {readonly kind: 'not-attached'; readonly text: string};

/** How long the first whole state may take, tries included: a monitor that has just begun has no socket for a moment. */
const FIRST_MS = 4_000;
const REQUEST_MS = 5_000;
/** How long it is shown that something was not done. */
const PROBLEM_MS = 10_000;

/** Attaches to the monitor whose socket `socketOf` finds. Once attached, it looks for it again and again whenever it is gone, until closed. */
export function attachTo(
  socketOf: SocketOf,
  clock: Pick<Clock, 'now' | 'after'>,
): Promise<Attached> {
  return new Promise(resolve => {
    const listeners = new Set<() => void>();
    const retry = createRetry(clock, look);
    let view: {readonly hello: Hello; readonly state: State} | undefined;
    let link: Link = {state: 'lost', since: clock.now(), text: ''};
    let following: Following | undefined;
    let lastEnd = say`it does not answer`;
    let notifying = false;
    let closed = false;
    let cancelProblem = () => {};
    const cancelFirst = clock.after(FIRST_MS, () => giveUp(lastEnd));
    look();

    function look(): void {
      following = followMonitor(socketOf, clock, {onState: seen, onEnd: ended});
    }

    function seen(hello: Hello, state: State): void {
      const first = !view;
      view = {hello, state};
      retry.found();
      if (link.state === 'lost') relink({state: 'up', pid: hello.pid});
      else notifySoon();
      if (!first) return;
      cancelFirst();
      resolve({
        kind: 'attached',
        monitor: {
          getSnapshot: () => viewed().state,
          hello: () => viewed().hello,
          link: () => link,
          now: () => clock.now(),
          subscribe,
          request: command => void request(command),
          report: tell,
          close,
        },
      });
    }

    function ended(end: FollowEnd): void {
      lastEnd = end.text;
      // Somebody is there, and will be the same at the next try.
      if (!view && !end.gone) return giveUp(end.text);
      if (view) lose(view.hello.pid, end);
      retry.again();
    }

    function giveUp(text: string): void {
      close();
      resolve({kind: 'not-attached', text});
    }

    /** Where nobody is there the screen says just that; anything else is worth saying. */
    function lose(pid: number, {gone, text}: FollowEnd): void {
      cancelProblem();
      relink({
        state: 'lost',
        since: link.state === 'lost' ? link.since : clock.now(),
        text: gone ? say`monitor gone (pid ${pid})` : say`monitor lost (pid ${pid}): ${text}`,
      });
    }

    async function request(command: Command): Promise<void> {
      if (link.state === 'lost' || !following) return;
      const text = refusalOf(
        await requestLocally({
          socketPath: following.socketPath,
          method: 'POST',
          host: HOST,
          path: paths.request,
          body: command,
          deadlineMs: REQUEST_MS,
        }),
      );
      tell(text && say`not done: ${text}`);
    }

    function tell(text: string | undefined): void {
      cancelProblem();
      if (closed || link.state === 'lost') return;
      if (text !== undefined) cancelProblem = clock.after(PROBLEM_MS, () => tell(undefined));
      // Only what is different has to be drawn.
      if (link.problem !== text)
        relink({state: 'up', pid: link.pid, ...(text === undefined ? {} : {problem: text})});
    }

    function relink(next: Link): void {
      link = next;
      notifySoon();
    }

    function subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    }

    /** Once for all that comes in one turn. */
    function notifySoon(): void {
      if (notifying) return;
      notifying = true;
      queueMicrotask(() => {
        notifying = false;
        if (!closed) for (const listener of listeners) listener();
      });
    }

    function close(): void {
      closed = true;
      cancelFirst();
      cancelProblem();
      retry.stop();
      following?.close();
    }

    function viewed() {
      if (!view) throw new Error('a monitor that was never seen has no state');
      return view;
    }
  });
}

/** Why it was not done, in the monitor's own words where it has some; undefined when it was. */
function refusalOf(response: LocalResponse): string | undefined {
  if (response.kind !== 'response')
    return response.kind === 'late'
      ? say`the monitor has not answered within ${span(REQUEST_MS)}`
      : say`the monitor was not reached (${sanitize(response.kind === 'failed' ? response.text : response.kind, 100)})`;
  const {status, text} = response;
  const answer = readAnswer(text);
  const done = status >= 200 && status < 300 && !(answer.kind === 'read' && !answer.value.ok);
  if (done) return undefined;
  return answer.kind === 'read' ? sanitize(answer.value.message, 200) : say`HTTP ${status}`;
}
