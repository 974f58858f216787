import type {Text} from '../../core/model/text.ts';
import type {Notice} from '../../core/model/effect.ts';
import {message} from '../../core/text/message.ts';
import {answerText} from '../../documents/control/answer.ts';
import {readAsk, type AskBody, type AskKind} from '../../documents/control/ask.ts';
import {statusText} from '../../documents/status.ts';
import {sanitize, sanitizeText} from '../../format/sanitize.ts';
import {errorText} from '../../io/error-code.ts';
import type {Exchange} from '../../io/socket/local-server.ts';
import {pause, preset, resume} from './asks.ts';
import {createAttachFeed, type Feed} from './attach.ts';
import {createEventsFeed} from './events.ts';
import type {ControlHost} from './host.ts';
import {maintain} from './maintain.ts';
import {HOST, paths} from '../protocol.ts';
import {refusal, type Reply} from './reply.ts';
import {request} from './request.ts';
import {restart} from './restart.ts';

/** The control API: answers requests, which may come from any listener. */
export interface Control {
  handle(exchange: Exchange): void;
  /** Sends a notice to the readers of `events`. */
  notify(notice: Notice): void;
  /** Sends the last state and ends every stream. */
  close(): void;
}

type Handler = {readonly method: 'GET' | 'POST'; handle(exchange: Exchange): void | Promise<void>};

export function createControl(host: ControlHost): Control {
  const events = createEventsFeed(host, guarded);
  const attach = createAttachFeed(host, guarded);
  const routes: Readonly<Record<string, Handler>> = {
    [paths.status]: {
      method: 'GET',
      handle: exchange => exchange.answer(200, currentStatus(), JSON_HEADERS),
    },
    [paths.events]: {method: 'GET', handle: exchange => stream(exchange, events)},
    [paths.attach]: {method: 'GET', handle: exchange => stream(exchange, attach)},
    [paths.request]: {
      method: 'POST',
      handle: exchange => withBody(exchange, text => request(host, text)),
    },
    [paths.restart]: ask('restart', (body, exchange) => restart(host, body, exchange.onEnd)),
    [paths.pause]: ask('pause', body => pause(host, body)),
    [paths.resume]: ask('resume', body => resume(host, body)),
    [paths.maintain]: ask('maintain', body => maintain(host, body)),
    [paths.preset]: ask('preset', body => preset(host, body)),
  };
  let failing = false;
  let status: {readonly of: unknown; readonly at: number; readonly text: string} | undefined;

  return {
    handle: exchange =>
      void route(exchange).then(
        () => works(),
        (error: unknown) => failed(error, exchange),
      ),
    notify: events.notify,
    close() {
      guarded(() => events.close());
      guarded(() => attach.close());
    },
  };

  async function route(exchange: Exchange): Promise<void> {
    const {path, method, host: asked, origin} = exchange;
    if (exchange.crowded)
      return answer(exchange, 503, message`there are too many connections; close some of them`);
    // Only a browser sends an Origin, and no client needs another host.
    if (origin !== undefined)
      return answer(exchange, 403, message`agent2 refuses requests of web pages (Origin)`);
    if (asked?.toLowerCase() !== HOST)
      return answer(
        exchange,
        403,
        message`the host has to be ${HOST}, e.g. curl --unix-socket agent2.sock http://${HOST}${paths.status}`,
      );
    const handler = Object.hasOwn(routes, path) ? routes[path] : undefined;
    const known = Object.keys(routes);
    if (!handler)
      return answer(
        exchange,
        404,
        message`there is no ${sanitize(path, 80)}; there is ${known.join(', ')}${host.suggest(path.slice(0, 80), known)}`,
      );
    if (handler.method !== method)
      return answer(
        exchange,
        405,
        message`${path} accepts ${handler.method}, not ${sanitize(method, 20)}`,
        {allow: handler.method},
      );
    await handler.handle(exchange);
  }

  /** The text of the status, cached for a moment so that frequent requests cost the loop little. */
  function currentStatus(): string {
    const {monitor, pid, version, config} = host;
    const [state, now] = [monitor.getSnapshot(), monitor.now()];
    if (status?.of !== state || Math.abs(now - status.at) > SAME_MS)
      status = {of: state, at: now, text: statusText(state, now, {pid, version, config})};
    return status.text;
  }

  function stream(exchange: Exchange, feed: Feed): void {
    exchange.onEnd(
      feed.open(
        exchange.stream({
          'content-type': 'text/event-stream; charset=utf-8',
          'cache-control': 'no-store',
        }),
      ),
    );
  }

  function ask(
    what: AskKind,
    answered: (body: AskBody, exchange: Exchange) => Reply | Promise<Reply>,
  ): Handler {
    return {
      method: 'POST',
      handle: exchange =>
        withBody(exchange, text => {
          const read = readAsk(what, text, host.suggest);
          return read.kind === 'wrong'
            ? refusal(400, read.message)
            : answered(read.value, exchange);
        }),
    };
  }

  async function withBody(
    exchange: Exchange,
    answered: (text: string) => Reply | Promise<Reply>,
  ): Promise<void> {
    const text = await exchange.body();
    if (text === undefined) return answer(exchange, 413, message`the body is too long`);
    const {status, answer: document} = await answered(text);
    exchange.answer(status, answerText(document), JSON_HEADERS);
  }

  function failed(error: unknown, exchange: Exchange): void {
    report(error);
    answer(exchange, 500, message`agent2 could not answer: ${sanitizeText(errorText(error))}`);
  }

  /** Reports an error instead of throwing it, since sending to readers runs inside the monitor's dispatch. */
  function guarded(run: () => void): void {
    try {
      run();
    } catch (error) {
      report(error);
    }
  }

  function report(error: unknown): void {
    failing = true;
    host.onProblem(message`the control API failed: ${sanitizeText(errorText(error))}`);
  }

  function works(): void {
    if (failing) host.onProblem(undefined);
    failing = false;
  }
}

const SAME_MS = 250;
const JSON_HEADERS = {
  'content-type': 'application/json; charset=utf-8',
  'cache-control': 'no-store',
};

function answer(
  exchange: Exchange,
  status: number,
  text: Text,
  headers: Readonly<Record<string, string>> = {},
): void {
  exchange.answer(status, refusalText(text), {...JSON_HEADERS, ...headers});
}

/** The body of a refusal. */
export function refusalText(text: Text): string {
  return answerText({ok: false, text});
}
