import type {Text} from '../../core/model/text.ts';
import {message} from '../../core/text/message.ts';

/** The head of a response, reduced to the fields in use. */
export interface ResponseHead {
  readonly status: number;
  readonly location?: string;
  /** In lower case; empty without an encoding. */
  readonly encoding: string;
  readonly length?: string;
  readonly transfer?: string;
  readonly server?: string;
  readonly via?: string;
  readonly retryAfter?: string;
  /** The rules of HTTP that it breaks without being unclear. */
  readonly oddities: readonly Text[];
}

/** Where the body of a response ends. */
export type BodyEnd =
  | {readonly kind: 'none' | 'chunked' | 'until-close' | 'unclear'}
  | {readonly kind: 'length'; readonly bytes: number};

/** Also understands a version without a minor number, several spaces and small letters. */
const STATUS_LINE = /^HTTP\/\d(?:\.\d)?[ \t]+([1-9]\d\d)(?!\d)/i;
const PROPER_STATUS_LINE = /^HTTP\/1\.[01] \d{3}(?: |$)/;
const NAME = /^[\w!#$%&'*+.^`|~-]+$/;

/** The status of a status line; undefined for any other line. */
export function statusOf(line: string): number | undefined {
  const status = STATUS_LINE.exec(line)?.[1];
  return status === undefined ? undefined : Number(status);
}

/** Parses the text from the status line, already recognised, to the empty line. */
export function parseHead(text: string): ResponseHead {
  const odd = new Map<string, Text>();
  const fields = new Map<string, string>();
  const [first = '', ...lines] = text.replace(/\r?\n\r?\n$/, '').split('\n');
  if (!PROPER_STATUS_LINE.test(first.replace(/\r$/, '')))
    odd.set('status line', message`its status line is unusual`);
  if (/[^\r]\n/.test(text)) odd.set('line feed', message`its lines end without CR`);
  let last: string | undefined;
  for (const whole of lines) {
    const line = whole.replace(/\r$/, '');
    if (/^[ \t]/.test(line)) {
      odd.set('folded', message`a header is folded over several lines`);
      if (last !== undefined) fields.set(last, `${fields.get(last) ?? ''} ${line.trim()}`.trim());
      continue;
    }
    const colon = line.indexOf(':');
    const given = line.slice(0, Math.max(0, colon));
    const name = given.trimEnd().toLowerCase();
    if (colon < 0) odd.set('no header', message`one of its lines is no header`);
    else if (given !== given.trimEnd())
      odd.set('space', message`a space precedes the colon of a header`);
    else if (!NAME.test(name)) odd.set('name', message`the name of a header has odd characters`);
    if (line.includes('\0')) odd.set('NUL', message`a header has NUL bytes`);
    last = WANTED.has(name) ? name : undefined;
    if (last === undefined) continue;
    const value = line.slice(colon + 1).trim();
    const before = fields.get(name);
    if (before === undefined) fields.set(name, value);
    else if (LISTS.has(name)) fields.set(name, `${before}, ${value}`);
    else last = undefined;
  }
  const length = fields.get('content-length');
  const transfer = transferOf(fields.get('transfer-encoding'));
  if (length !== undefined && transfer !== undefined)
    odd.set('both', message`it has both Content-Length and Transfer-Encoding`);
  if (length?.includes(',') === true) odd.set('twice', message`it gives its Content-Length twice`);
  return {
    status: statusOf(first) ?? 0,
    location: fields.get('location'),
    encoding: (fields.get('content-encoding') ?? '').toLowerCase(),
    length,
    transfer,
    server: fields.get('server'),
    via: fields.get('via'),
    retryAfter: fields.get('retry-after'),
    oddities: [...odd.values()],
  };
}

const LISTS = new Set(['content-length', 'transfer-encoding', 'via']);
const WANTED = new Set([...LISTS, 'location', 'content-encoding', 'server', 'retry-after']);

/** `identity` says that there is none. */
function transferOf(given: string | undefined): string | undefined {
  const transfer = given?.toLowerCase();
  return transfer === 'identity' || transfer === '' ? undefined : transfer;
}

/** By RFC 9112, section 6.3. */
export function bodyOf(
  method: string,
  {status, transfer, length}: Pick<ResponseHead, 'status' | 'transfer' | 'length'>,
): BodyEnd {
  if (method === 'HEAD' || status < 200 || status === 204 || status === 304) return {kind: 'none'};
  if (transfer !== undefined)
    return {kind: /(?:^|[,\s])chunked$/.test(transfer) ? 'chunked' : 'until-close'};
  if (length === undefined) return {kind: 'until-close'};
  const [bytes, ...others] = new Set(length.split(',').map(part => part.trim()));
  return bytes !== undefined && others.length === 0 && /^\d+$/.test(bytes)
    ? {kind: 'length', bytes: Number(bytes)}
    : {kind: 'unclear'};
}
