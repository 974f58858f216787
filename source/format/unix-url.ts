import type {Text} from '../core/model/text.ts';
import {message} from '../core/text/message.ts';
import {sanitize} from './sanitize.ts';

/** HTTP over a unix socket: `unix:/run/app.sock:/health`, the form of nginx and gunicorn, or `http+unix://%2Frun%2Fapp.sock/health`. */
export interface UnixAddress {
  readonly socket: string;
  /** What the request asks for: path and query. */
  readonly path: string;
}

export type UnixReading =
  /** In the form `unix:SOCKET:PATH`. */
  | {readonly kind: 'url'; readonly url: URL}
  | {readonly kind: 'invalid'; readonly reason: Text}
  /** It names no unix socket. */
  | {readonly kind: 'other'};

/** The longest path that Linux takes; macOS takes 103 bytes, and says so itself. */
const MOST_BYTES = 107;

export function readUnixUrl(text: string): UnixReading {
  const scheme = /^(unix|http\+unix):/i.exec(text)?.[1]?.toLowerCase();
  if (scheme === undefined) return {kind: 'other'};
  const address = URL.canParse(text)
    ? scheme === 'unix'
      ? ofUnix(new URL(text))
      : ofHttpUnix(new URL(text))
    : undefined;
  if (!address || !address.socket.startsWith('/'))
    return {
      kind: 'invalid',
      reason: message`'${sanitize(text.replace(/[?#].*$/s, ''), 100)}' names no socket by its absolute path`,
    };
  const bytes = Buffer.byteLength(address.socket);
  if (bytes > MOST_BYTES)
    return {
      kind: 'invalid',
      reason: message`the path of the socket has ${bytes} bytes; the system allows ${MOST_BYTES}`,
    };
  const socket = address.socket.split('/').map(encodeURIComponent).join('/');
  return {kind: 'url', url: new URL(`unix:${socket}:${address.path}`)};
}

/** Undefined for a url with a host. */
export function unixAddressOf(url: URL): UnixAddress | undefined {
  return url.protocol === 'unix:' ? ofUnix(url) : undefined;
}

/** The same service asked for another path. */
export function withPath(url: URL, path: string): URL {
  const unix = unixAddressOf(url);
  return unix
    ? new URL(`unix:${url.pathname.split(':/', 1)[0] ?? ''}:${path}`)
    : new URL(path, url.origin);
}

function ofUnix({pathname, search, host}: URL): UnixAddress | undefined {
  if (host !== '') return undefined;
  const end = pathname.indexOf(':/');
  const socket = decoded(end < 0 ? pathname.replace(/:$/, '') : pathname.slice(0, end));
  return {socket, path: `${end < 0 ? '/' : pathname.slice(end + 1)}${search}`};
}

function ofHttpUnix({hostname, pathname, search}: URL): UnixAddress {
  return {socket: decoded(hostname), path: `${pathname || '/'}${search}`};
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}
