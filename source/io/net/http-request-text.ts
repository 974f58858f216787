/** The parts of a request; the config reader checks names and values of headers. */
export interface RequestParts {
  readonly url: URL;
  readonly method: string;
  /** Added to the headers of every request; a name given here wins. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A whole request for one response and the end of the connection. */
export function requestBytes({url, method, headers, body}: RequestParts): Buffer {
  const given = Object.entries(headers);
  const names = new Set(given.map(([name]) => name.toLowerCase()));
  const own: ReadonlyArray<readonly [string, string]> = [
    ['host', url.host],
    ...USUAL,
    ...lengthOf(method, body),
  ];
  let head = `${method} ${url.pathname}${url.search} HTTP/1.1\r\n`;
  for (const [name, value] of own) if (!names.has(name)) head += `${name}: ${value}\r\n`;
  for (const [name, value] of given) {
    // A line break would begin another header or request.
    if (/[\r\n\0]/.test(name + value))
      throw new Error('a header of the request holds a line break');
    head += `${name.toLowerCase()}: ${value}\r\n`;
  }
  const bytes = Buffer.from(`${head}\r\n`, 'latin1');
  return body === undefined ? bytes : Buffer.concat([bytes, Buffer.from(body)]);
}

const USUAL = [
  ['connection', 'close'],
  ['accept', 'application/json, */*'],
  ['accept-encoding', 'identity'],
  ['user-agent', 'agent2'],
] as const;

function lengthOf(
  method: string,
  body: string | undefined,
): ReadonlyArray<readonly [string, string]> {
  if (body !== undefined) return [['content-length', String(Buffer.byteLength(body))]];
  return ['POST', 'PUT', 'PATCH'].includes(method) ? [['content-length', '0']] : [];
}
