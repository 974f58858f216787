import type {Text} from '../../core/model/text.ts';
import {message} from '../../core/text/message.ts';
import {inflate} from './inflate.ts';
import type {Protocol} from '../../core/model/fault.ts';
import {unixAddressOf} from '../../format/unix-url.ts';
import type {TlsClient} from './tls-client.ts';
import {hop, type Hop, type HopAnswer, type HopFailure} from './http-hop.ts';
import {createLateAnswer, type FirstLook} from './late-answer.ts';

export interface HttpRequest {
  /** An http or https address, or `unix:SOCKET:PATH`. Its user and password are sent, and never shown. */
  readonly url: URL | string;
  /** GET by default. */
  readonly method?: string;
  /** Sent to the address itself and to redirects on the same origin, until one leads away from it; never shown. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Covers everything: name lookup, connecting, every redirect, the last byte of the body. */
  readonly timeoutMs: number;
  readonly maxBodyBytes?: number;
  readonly tls?: TlsClient;
  readonly signal?: AbortSignal;
  /** Looks at the service while its answer is late, for a service of this machine; a GET or HEAD is then sent once more. */
  readonly look?: FirstLook;
}

type Request = Required<Pick<HttpRequest, 'method'>> & Pick<HttpRequest, 'body'>;

export type HttpExchange = HttpAnswer | HttpFailure;

export interface HttpAnswer {
  readonly kind: 'answer';
  readonly status: number;
  /** The connection time of the last hop. */
  readonly connectMs: number;
  /** From the start of the first hop to the headers. */
  readonly firstByteMs: number;
  /** From the start of the first hop to the end of the body. */
  readonly totalMs: number;
  /** Decoded but not sanitised: for parsing, not for showing. */
  readonly body: string;
  /** The body was longer than `maxBodyBytes`. */
  readonly truncated: boolean;
  /** The rules of HTTP that it breaks without being unclear; left out when it breaks none. */
  readonly oddities?: readonly Text[];
  /** The headers `server`, `via` and `retry-after`; not sanitised. */
  readonly server?: string;
  readonly via?: string;
  readonly retryAfter?: string;
  /** Where a redirect leads that was not followed, without credentials and query. */
  readonly location?: string;
  /** The last redirect that led to this answer; left out when none did. */
  readonly followed?: Redirect;
  /** A redirect not followed, since it leads to this other host, or to another origin with a request that acts: `https://login.example`. */
  readonly redirectedTo?: string;
  /** It was not followed for the second reason: the method and the body are for the service alone. */
  readonly withheld?: true;
  /** The redirect was followed to another port of the host, and this failed there. */
  readonly redirectFailed?: HttpFailure;
  /** A redirect not followed, since it was one too many. */
  readonly tooManyRedirects?: true;
}

/** A redirect that was followed. */
interface Redirect {
  readonly status: number;
  /** Where it led, without credentials and query; not sanitised. */
  readonly location: string;
  /** It led to another port or protocol of the host that was asked. */
  readonly otherOrigin: boolean;
}

export interface HttpFailure {
  readonly kind: 'failed';
  readonly fault: HopFailure['fault'];
  readonly hang?: HopFailure['hang'];
  /** A whole sentence with numbers, without credentials and query strings. */
  readonly text: Text;
  /** Whether the service accepted the connection. */
  readonly connected: boolean;
  readonly connectMs?: number;
  /** What the peer speaks instead of what it was asked in. */
  readonly protocol?: Protocol;
  /** Whether it failed while TLS was being set up. */
  readonly securing?: true;
}

const MAX_BODY_BYTES = 65_536;
const MAX_REDIRECTS = 5;
const decoder = new TextDecoder();

/**
 * One request over a connection of its own (a kept one would hide a dead listener). Verifies certificates, ignores proxy
 * variables, follows redirects on the same host only, and to another port or protocol of it without headers, body and client certificate. Failures are values; rejects only with the reason of `signal` when that is aborted.
 */
export async function exchange({
  url,
  method = 'GET',
  headers = {},
  body,
  timeoutMs,
  maxBodyBytes = MAX_BODY_BYTES,
  tls,
  signal,
  look,
}: HttpRequest): Promise<HttpExchange> {
  const startedAt = performance.now();
  const deadline = {at: startedAt + timeoutMs, limitMs: timeoutMs};
  const given = typeof url === 'string' ? new URL(url) : url;
  const unix = unixAddressOf(given);
  // What listens on the socket sees the host that curl sends there too.
  const first = unix ? new URL(unix.path, 'http://localhost') : given;
  let current = first;
  let redirect: HttpAnswer | undefined;
  let followed: Redirect | undefined;
  let request: Request = {method, body};
  /** Once a redirect led away, the other side chooses the next address: nothing of ours goes there. */
  let away = false;
  for (let redirects = 0; ; redirects++) {
    const asking: Hop = {
      url: current,
      ...request,
      headers: away ? {} : {...basic(first), ...headers},
      dial: {
        socketPath: current.origin === first.origin ? unix?.socket : undefined,
        tls: away ? tls?.anonymous() : tls,
      },
      deadline,
      maxBodyBytes,
      signal,
    };
    const answer = await hop({
      ...asking,
      onLate: look && (ends => createLateAnswer(ends, look, askAgain(asking))),
    });
    const asked = `${request.method} ${shown(current)}`;
    if (answer.kind === 'failed')
      // The service answered; what it sent us to did not.
      return redirect && current.origin !== first.origin
        ? {...redirect, redirectFailed: answer}
        : {...answer, text: message`${asked}: ${answer.text}`};
    const next = redirectOf(answer, current);
    const {kind, connectMs, head} = answer;
    const {status, server, via, retryAfter} = head;
    const told = {
      kind,
      status,
      server,
      via,
      retryAfter,
      connectMs,
      firstByteMs: answer.firstByteAt - startedAt,
      totalMs: answer.endAt - startedAt,
    } as const;
    if (next) {
      const location = `${next.origin}${next.pathname}`;
      redirect = {...told, body: '', truncated: false, location};
      if (next.hostname !== current.hostname) return {...redirect, redirectedTo: next.origin};
      if (redirects === MAX_REDIRECTS) return {...redirect, tooManyRedirects: true};
      request = redirected(request, status);
      away ||= next.origin !== first.origin;
      if (away && (!isHarmless(request.method) || request.body !== undefined))
        return {...redirect, redirectedTo: next.origin, withheld: true};
      followed = {status, location, otherOrigin: next.origin !== first.origin};
      current = next;
      continue;
    }
    const unpacked = await inflate(answer.body, head.encoding, maxBodyBytes);
    const oddities = [
      ...answer.oddities,
      ...(unpacked.oddity === undefined ? [] : [unpacked.oddity]),
    ];
    return {
      ...told,
      ...(followed ? {followed} : {}),
      ...(oddities.length > 0 ? {oddities} : {}),
      body: decoder.decode(unpacked.body),
      truncated: answer.truncated || unpacked.truncated,
    };
  }
}

/** The looks end before that; a second request has no time limit of its own. */
const ASK_AGAIN_MS = 5_000;

/** Sends a request once more, where it may be repeated; resolves when the service answers anything. */
function askAgain(asking: Hop): ((signal: AbortSignal) => Promise<void>) | undefined {
  if (!isHarmless(asking.method)) return undefined;
  const {deadline} = asking;
  return async signal => {
    await hop({...asking, deadline: {...deadline, at: deadline.at + ASK_AGAIN_MS}, signal});
  };
}

/** The shown form of an address: its path, without possible secrets. */
export function shown(url: URL): string {
  const path = unixAddressOf(url)?.path.replace(/\?.*$/s, '') ?? url.pathname;
  return path.length > 100 ? `${path.slice(0, 99)}…` : path;
}

function redirectOf({head: {status, location}}: HopAnswer, from: URL): URL | undefined {
  if (![301, 302, 303, 307, 308].includes(status) || location === undefined) return undefined;
  const to = URL.canParse(location, from.href) ? new URL(location, from) : undefined;
  return to && /^https?:$/.test(to.protocol) ? to : undefined;
}

/** The request after a redirect, as browsers do it: GET after 303, and after 301 and 302 of a POST. */
function redirected(request: Request, status: number): Request {
  const becomesGet =
    !isHarmless(request.method) && (status === 303 || (status <= 302 && request.method === 'POST'));
  return becomesGet ? {method: 'GET'} : request;
}

function isHarmless(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}

function basic({username, password}: URL): {readonly authorization?: string} {
  if (username === '' && password === '') return {};
  return {
    authorization: `Basic ${Buffer.from(`${plain(username)}:${plain(password)}`).toString('base64')}`,
  };
}

/** A stray `%` in a password is no escape sequence. */
function plain(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    if (error instanceof URIError) return part;
    throw error;
  }
}
