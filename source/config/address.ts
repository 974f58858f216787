import {networkInterfaces} from 'node:os';
import type {Text} from '../core/model/text.ts';
import {message} from '../core/text/message.ts';
import {readUnixUrl} from '../format/unix-url.ts';
import {sanitize} from '../format/sanitize.ts';
import {tooLongUrl} from '../format/url-limits.ts';
import type {TargetSpec} from './spec.ts';

export type UrlReading =
  | {readonly kind: 'url'; readonly url: URL}
  /** `reason` says why it is no url, `instead` what to write; neither contains credentials or a query. */
  | {readonly kind: 'invalid'; readonly reason: Text; readonly instead: string};

/** A url that can be probed. */
export function readUrl(text: string): UrlReading {
  const unix = readUnixUrl(text);
  if (unix.kind === 'url') return unix;
  if (unix.kind === 'invalid') return {...unix, instead: 'unix:/run/app.sock:/health'};
  const tooLong = tooLongUrl(text);
  if (tooLong !== undefined)
    return {kind: 'invalid', reason: tooLong, instead: 'http://127.0.0.1:8080/api/health'};
  const shown = sanitize(text.replace(/\/\/[^@/]*@/, '//').replace(/[?#].*$/s, ''), 100);
  if (!URL.canParse(text)) {
    const instead = /^[\w.-]+(:\d+)?(\/\S*)?$/.test(text)
      ? `http://${shown}`
      : 'http://127.0.0.1:8080/api/health';
    return {
      kind: 'invalid',
      reason: message`'${shown}' is not a url; expected http:// or https://`,
      instead,
    };
  }
  const url = new URL(text);
  if (url.protocol === 'http:' || url.protocol === 'https:') return {kind: 'url', url};
  if (/^[\w.-]+:\d+(\/|$)/.test(text))
    return {
      kind: 'invalid',
      reason: message`'${shown}' is not a url: http:// or https:// is missing`,
      instead: `http://${shown}`,
    };
  const instead = url.host ? `http://${url.host}${url.pathname}` : `http://${shown}`;
  return {
    kind: 'invalid',
    reason: message`'${shown}' has the protocol ${sanitize(url.protocol, 20)}, which agent2 cannot probe; allowed: http:, https: and unix:`,
    instead,
  };
}

/** Without credentials, query and fragment: they may be secrets. */
export function shownUrl(url: URL): string {
  if (isUnix(url)) return `${url.protocol}${url.pathname}`;
  return `${url.protocol}//${url.host}${url.pathname}`;
}

/** The address at which a target listens: its own port wins over that of its url. */
export function endpointOf(url: URL | undefined, port: number | undefined): TargetSpec['endpoint'] {
  if (url && !isUnix(url))
    return {
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: port ?? Number(url.port || (url.protocol === 'https:' ? 443 : 80)),
    };
  return port === undefined ? undefined : {host: '127.0.0.1', port};
}

/** Whether a host is this machine: by a loopback address or name, or by the address of one of its interfaces. */
function isUnix({protocol}: URL): boolean {
  return protocol === 'unix:';
}

export function isLocal(host: string): boolean {
  return (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    host === '::1' ||
    host === '0.0.0.0' ||
    /^127\./.test(host) ||
    Object.values(networkInterfaces()).some(addresses =>
      addresses?.some(({address}) => address === host),
    )
  );
}
