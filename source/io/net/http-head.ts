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
}

/** Where the body of a response ends. */
export type BodyEnd =
  | {readonly kind: 'none' | 'chunked' | 'until-close' | 'unclear'}
  | {readonly kind: 'length'; readonly bytes: number};

/** Parses the text from the status line, already recognised, to the empty line. */
export function parseHead(text: string): ResponseHead {
  const [first = '', ...lines] = text.split('\n');
  const fields = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    if (!WANTED.has(name)) continue;
    const value = line.slice(colon + 1).trim();
    const before = fields.get(name);
    if (before === undefined) fields.set(name, value);
    else if (LISTS.has(name)) fields.set(name, `${before}, ${value}`);
  }
  return {
    status: Number(first.slice('HTTP/1.1 '.length, 'HTTP/1.1 200'.length)),
    location: fields.get('location'),
    encoding: (fields.get('content-encoding') ?? '').toLowerCase(),
    length: fields.get('content-length'),
    transfer: fields.get('transfer-encoding')?.toLowerCase(),
    server: fields.get('server'),
    via: fields.get('via'),
    retryAfter: fields.get('retry-after'),
  };
}

const LISTS = new Set(['content-length', 'transfer-encoding', 'via']);
const WANTED = new Set([...LISTS, 'location', 'content-encoding', 'server', 'retry-after']);

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
