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
  const fields = new Map([
    ['host', url.host],
    ['connection', 'close'],
    ['accept', 'application/json, */*'],
    ['accept-encoding', 'identity'],
    ['user-agent', 'agent2'],
    ...lengthOf(method, body),
    ...Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const),
  ]);
  const lines = Array.from(fields, ([name, value]) => `${name}: ${value}\r\n`);
  const head = `${method} ${url.pathname}${url.search} HTTP/1.1\r\n${lines.join('')}\r\n`;
  // A line break in a value would begin a header, or another request.
  if (lines.some(line => /[\r\n\0]/.test(line.slice(0, -2))))
    throw new Error('a header of the request holds a line break');
  const bytes = Buffer.from(head, 'latin1');
  return body === undefined ? bytes : Buffer.concat([bytes, Buffer.from(body)]);
}

function lengthOf(method: string, body: string | undefined): ReadonlyArray<[string, string]> {
  if (body !== undefined) return [['content-length', String(Buffer.byteLength(body))]];
  return ['POST', 'PUT', 'PATCH'].includes(method) ? [['content-length', '0']] : [];
}
