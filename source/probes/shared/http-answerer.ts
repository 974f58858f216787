import type {Failure} from '../../core/model/fault.ts';
import type {Text} from '../../core/model/text.ts';
import {message} from '../../core/text/message.ts';
import {sanitize} from '../../format/sanitize.ts';
import type {HttpAnswer} from '../../io/net/http.ts';
import {proxyPage} from './proxy-page.ts';

type StatusFault = Extract<Failure, {readonly kind: 'status_unexpected'}>;

const MOST_WAIT_MS = 3_600_000;

/** What an unexpected status tells besides its number: who answered, how long to wait, where to go. Sanitised. */
export function answererOf({
  status,
  server,
  via,
  retryAfter,
  location,
  body,
}: HttpAnswer): Pick<StatusFault, 'status' | 'from' | 'retryAfterMs' | 'location'> {
  const page = status >= 400 ? proxyPage(status, body, server) : undefined;
  const from = {
    ...(server === undefined ? {} : {server: sanitize(server, 80)}),
    ...(via === undefined ? {} : {via: sanitize(via, 80)}),
    ...(page === undefined ? {} : {page}),
  };
  const waitMs = [429, 503].includes(status) ? retryAfterMs(retryAfter) : undefined;
  return {
    status,
    ...(Object.keys(from).length > 0 ? {from} : {}),
    ...(waitMs === undefined ? {} : {retryAfterMs: waitMs}),
    ...(location === undefined ? {} : {location: sanitize(location, 200)}),
  };
}

/** A status, with its sender where a gateway did not reach the service: `502 from nginx/1.24`. */
export function withSender({status, from = {}}: Pick<StatusFault, 'status' | 'from'>): Text {
  const {page, server, via} = from;
  // A service behind a proxy answers 503 by itself, with the proxy's headers.
  const sender = page ?? (status === 503 ? undefined : (server ?? via));
  return sender === undefined || ![502, 503, 504].includes(status)
    ? String(status)
    : message`${status} from ${sender}`;
}

/** Seconds, or a date by this machine's clock. */
export function retryAfterMs(given: string | undefined, now = Date.now()): number | undefined {
  if (given === undefined) return undefined;
  const ms = /^\d+(?:\.\d+)?$/.test(given) ? Number(given) * 1_000 : dateOf(given) - now;
  return Number.isNaN(ms) ? undefined : Math.min(MOST_WAIT_MS, Math.max(0, Math.round(ms)));
}

/** Only the forms that HTTP knows: `Date.parse` reads almost anything as a date. */
function dateOf(given: string): number {
  return /^[A-Z][a-z]{2,8}, .*\d GMT$/.test(given) ? Date.parse(given) : NaN;
}
