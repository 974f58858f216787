import type {Clock} from '../../contracts/clock.ts';
import type {Command, Link, Monitor} from '../../contracts/monitor.ts';
import type {Text} from '../../core/model/text.ts';
import {message} from '../../core/text/message.ts';
import {say, render} from '../../core/text/say.ts';
import {span} from '../../core/text/span.ts';
import type {State} from '../../core/model/state.ts';
import {readAnswer} from '../../documents/control/answer.ts';
import type {Hello} from '../../documents/control/hello.ts';
import {sanitizeText} from '../../format/sanitize.ts';
import {requestLocally, type LocalResponse} from '../../io/socket/local-request.ts';
import type {FollowEnd, Following, SocketOf} from './follow-events.ts';
import {followMonitor} from './follow-monitor.ts';
import {HOST, paths} from '../protocol.ts';
import {createRetry} from './retry.ts';

/** A monitor in another process, reached over its socket. */
export interface RemoteMonitor extends Monitor {
  link(): Link;
  /** The greeting of the last connection. */
  hello(): Hello;
  /** Shows a problem on the screen for a while. */
  report(text: Text): void;
  close(): void;
}

export type Attached =
  | {readonly kind: 'attached'; readonly monitor: RemoteMonitor}
  | {readonly kind: 'not-attached'; readonly text: string};

/** How long the first state may take, retries included: a monitor that has just started has no socket for a moment. */
const FIRST_MS = 4_000;
const REQUEST_MS = 5_000;
/** How long the screen shows a problem. */
const PROBLEM_MS = 10_000;

/** Attaches to the monitor whose socket `socketOf` finds. Once attached, it reconnects whenever the monitor is lost, until closed. */
export function attachTo(
  socketOf: SocketOf,
  clock: Pick<Clock, 'now' | 'after'>,
): Promise<Attached> {
  return new Promise(resolve => {
    const listeners = new Set<() => void>();
    const retry = createRetry(clock, connect);
    let view: {readonly hello: Hello; readonly state: State} | undefined;
    let link: Link = {state: 'lost', since: clock.now(), text: ''};
    let following: Following | undefined;
    let lastEnd = say`it does not answer`;
    let notifying = false;
    let closed = false;
    let cancelProblem = () => {};
    const cancelFirst = clock.after(FIRST_MS, () => giveUp(lastEnd));
    connect();

    function connect(): void {
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
          report,
          close,
        },
      });
    }

    function ended(end: FollowEnd): void {
      lastEnd = end.text;
      // Another attempt would find the same listener.
      if (!view && !end.gone) return giveUp(end.text);
      if (view) lose(view.hello.pid, end);
      retry.again();
    }

    function giveUp(text: string): void {
      close();
      resolve({kind: 'not-attached', text});
    }

    /** The screen gives a reason only when something still listens. */
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
      report(text && message`not done: ${text}`);
    }

    function report(reported: Text | undefined): void {
      const text = reported && render(reported);
      cancelProblem();
      if (closed || link.state === 'lost') return;
      if (text !== undefined) cancelProblem = clock.after(PROBLEM_MS, () => report(undefined));
      // Only a change has to be drawn.
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

    /** Notifies once for everything in one turn of the event loop. */
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

/** Says why a request was not done, in the monitor's words if it answered; undefined when it was done. */
function refusalOf(response: LocalResponse): Text | undefined {
  if (response.kind !== 'response')
    return response.kind === 'late'
      ? message`the monitor did not answer within ${span(REQUEST_MS)}`
      : message`the monitor could not be reached (${response.kind === 'failed' ? sanitizeText(response.text, 100) : response.kind})`;
  const {status, text} = response;
  const answer = readAnswer(text);
  const done = status >= 200 && status < 300 && !(answer.kind === 'read' && !answer.value.ok);
  if (done) return undefined;
  return answer.kind === 'read' ? answer.value.text : message`HTTP ${status}`;
}
