import {createServer, type ServerResponse} from 'node:http';
import fc from 'fast-check';
import {afterEach, describe, expect, test} from 'vitest';
import {createResponseReader, type Progress} from '../../../source/io/net/http-response.ts';
import {requestBytes} from '../../../source/io/net/http-request-text.ts';
import {exchange} from '../../../source/io/net/http.ts';
import {cleanUp, onCleanup} from '../../helpers/cleanup.ts';

afterEach(cleanUp);

interface Read {
  readonly progress: Progress;
  readonly status?: number;
  readonly location?: string;
  readonly body: string;
}

/** With the reason, as data. */
const BROKEN = {broken: expect.objectContaining({key: expect.any(String)})};

/** What becomes of a response that comes in those parts, after which the peer closes unless it was done before. */
function read(parts: readonly Buffer[], method = 'GET'): Read {
  const bodies: Buffer[] = [];
  let head: {status: number; location?: string} | undefined;
  const reader = createResponseReader(method, {
    onHead: ({status, location}) => (head = {status, location}),
    onBody: part => bodies.push(part),
    onOddity: () => undefined,
  });
  let progress: Progress = 'more';
  for (const part of parts) if (progress === 'more') progress = reader.read(part);
  if (progress === 'more') progress = reader.end();
  return {progress, ...head, body: Buffer.concat(bodies).toString('latin1')};
}

function readText(text: string, method?: string): Read {
  return read([Buffer.from(text, 'latin1')], method);
}

const OK = 'HTTP/1.1 200 OK\r\n';

describe('the body of a response', () => {
  test.each([
    ['as long as it says', `${OK}Content-Length: 5\r\n\r\nhello and more`, 'hello'],
    [
      'as long as it says twice',
      `${OK}content-length: 5, 5\r\nContent-Length: 5\r\n\r\nhello`,
      'hello',
    ],
    ['of no length', `${OK}Content-Length: 0\r\n\r\n`, ''],
    [
      'in chunks',
      `${OK}Transfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\n\r\n`,
      'hello',
    ],
    [
      'in chunks with a trailer',
      `${OK}transfer-encoding: gzip, Chunked\r\n\r\n5\r\nhello\r\n0\r\nA: b\r\n\r\n`,
      'hello',
    ],
    [
      'in chunks, whatever length it says',
      `${OK}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n`,
      'hello',
    ],
    ['until the peer closes', `${OK}X: y\r\n\r\nhello`, 'hello'],
    ['of HTTP/1.0', 'HTTP/1.0 200 OK\r\n\r\nhello', 'hello'],
    ['behind bare line feeds', 'HTTP/1.1 200\nContent-Length: 5\n\nhello', 'hello'],
    [
      'after 100 Continue',
      `HTTP/1.1 100 Continue\r\n\r\n${OK}Content-Length: 5\r\n\r\nhello`,
      'hello',
    ],
    [
      'behind lines that are no headers',
      `${OK}what\r\n folded\r\n: x\r\nContent-Length: 5\r\n\r\nhello`,
      'hello',
    ],
  ])('%s is read to its end', (_, text, body) => {
    expect(readText(text)).toMatchObject({progress: 'done', status: 200, body});
  });

  test.each([
    ['HEAD', `${OK}Content-Length: 5\r\n\r\n`],
    ['GET', 'HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n'],
    ['GET', 'HTTP/1.1 304 Not Modified\r\n\r\n'],
  ])('is none where there cannot be one (%s, %j)', (method, text) => {
    expect(readText(text, method)).toMatchObject({progress: 'done', body: ''});
  });

  test.each([
    ['before its length', `${OK}Content-Length: 6\r\n\r\nhello`],
    ['within a chunk', `${OK}Transfer-Encoding: chunked\r\n\r\n6\r\nhello`],
    ['before the last chunk', `${OK}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n`],
  ])('that ends %s is cut', (_, text) => {
    expect(readText(text)).toMatchObject({progress: 'cut', status: 200});
  });

  test.each([
    ['length is no number', `${OK}Content-Length: five\r\n\r\nhello`],
    ['lengths are two', `${OK}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello`],
    ['chunk has no size', `${OK}Transfer-Encoding: chunked\r\n\r\nhello\r\n`],
    ['chunk has a huge size', `${OK}Transfer-Encoding: chunked\r\n\r\n123456789\r\n`],
    ['chunk is longer than it says', `${OK}Transfer-Encoding: chunked\r\n\r\n3\r\nhello\r\n`],
    [
      'chunk begins with an endless line',
      `${OK}Transfer-Encoding: chunked\r\n\r\n1;${'x'.repeat(5_000)}`,
    ],
  ])('whose %s is broken', (_, text) => {
    expect(readText(text).progress).toEqual(BROKEN);
  });
});

describe('the head of a response', () => {
  test('of nothing at all is cut', () => {
    expect(read([])).toEqual({progress: 'cut', body: ''});
  });

  test.each([
    'SSH-2.0-OpenSSH_9.2\r\n',
    '220 mail.example ESMTP\r\n',
    '\x15\x03\x01\x00\x02\x02\x46',
    'H2',
  ])('%j is none of HTTP', text => {
    expect(readText(text).progress).toEqual({...BROKEN, foreign: true});
  });

  test.each(['HTTP/1.1 20 OK\r\n', 'HTTP/1.1 2000 OK\r\n', 'HTTP/1.1 OK\r\n'])(
    '%j is a broken one of HTTP',
    text => {
      expect(readText(text).progress).toEqual(BROKEN);
    },
  );

  test('without end is cut', () => {
    expect(readText('HTTP/1.1 200 OK\r\nContent-Le').progress).toEqual({
      cut: expect.objectContaining({key: 'within its headers'}),
    });
  });

  test('larger than browsers take is none', () => {
    expect(readText(`${OK}X: ${'x'.repeat(300_000)}`).progress).toEqual(BROKEN);
  });

  test('of another protocol is known by its first bytes', () => {
    const reader = createResponseReader('GET', {
      onHead: () => undefined,
      onBody: () => undefined,
      onOddity: () => undefined,
    });
    expect(reader.read(Buffer.from('SSH'))).toEqual({...BROKEN, foreign: true});
  });

  test('tells where it leads', () => {
    expect(readText('HTTP/1.1 302 Found\r\nLocation: /a\r\nlocation: /b\r\n\r\n')).toMatchObject({
      status: 302,
      location: '/a',
    });
  });
});

test('a response is the same in whatever parts it comes', () => {
  const responses = fc.constantFrom(
    `${OK}Content-Length: 11\r\n\r\nhello world`,
    `${OK}Transfer-Encoding: chunked\r\n\r\n5;a\r\nhello\r\n6\r\n world\r\n0\r\nT: x\r\n\r\n`,
    `${OK}\r\nhello world`,
    `HTTP/1.1 103 Early\r\nLink: x\r\n\r\n${OK}Content-Length: 11\r\n\r\nhello world`,
    `${OK}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nzz\r\n`,
    'HTTP/1.1 200\n\nhello world',
  );
  fc.assert(
    fc.property(responses, fc.array(fc.nat(80), {maxLength: 12}), (text, cuts) => {
      const whole = Buffer.from(text, 'latin1');
      const places = [0, ...cuts.map(cut => cut % whole.length).sort((a, b) => a - b)];
      const parts = places.map((from, index) => whole.subarray(from, places[index + 1]));
      expect(read(parts.filter(({length}) => length > 0))).toEqual(readText(text));
    }),
  );
});

test('whatever comes, reading ends and tells no more than came', () => {
  const bits = fc.constantFrom(
    OK,
    '\r\n',
    '\n',
    'Content-Length: 3',
    'Transfer-Encoding: chunked',
    '3',
    'abc',
    '0',
    ':',
    '\0',
  );
  fc.assert(
    fc.property(fc.array(bits, {maxLength: 20}), texts => {
      const {body} = read(texts.map(text => Buffer.from(text, 'latin1')));
      expect(texts.join('')).toContain(body.slice(0, 1));
      expect(body.length).toBeLessThanOrEqual(texts.join('').length);
    }),
  );
});

test('what node serves is read as it was written, in chunks and by length', async () => {
  const bodies: Record<string, (response: ServerResponse) => void> = {
    '/length': response => response.end('hello world'),
    '/chunks': response => {
      response.write('hello ');
      setImmediate(() => response.end('world'));
    },
    '/close': response => {
      response.shouldKeepAlive = false;
      response.useChunkedEncodingByDefault = false;
      response.removeHeader('transfer-encoding');
      response.write('hello ');
      response.end('world');
    },
  };
  const server = createServer((request, response) => bodies[request.url ?? '']?.(response));
  onCleanup(() => void server.close());
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const {port} = server.address() as {port: number};
  for (const path of Object.keys(bodies))
    expect(
      await exchange({url: `http://127.0.0.1:${port}${path}`, timeoutMs: 20_000}),
    ).toMatchObject({kind: 'answer', status: 200, body: 'hello world', truncated: false});
});

describe('a request', () => {
  const url = new URL('http://me:secret@example.org:8080/a b?x=1#part');

  test('asks for one answer and the end of the connection, and names neither user nor password', () => {
    expect(requestBytes({url, method: 'GET', headers: {}}).toString()).toBe(
      'GET /a%20b?x=1 HTTP/1.1\r\nhost: example.org:8080\r\nconnection: close\r\n' +
        'accept: application/json, */*\r\naccept-encoding: identity\r\nuser-agent: agent2\r\n\r\n',
    );
  });

  test('has the headers that were given instead of its own, and its body in UTF-8', () => {
    const text = requestBytes({
      url,
      method: 'POST',
      headers: {'Accept': 'text/plain', 'X-A': 'b'},
      body: 'ä',
    });
    expect(text.toString()).toMatch(
      /\r\ncontent-length: 2\r\naccept: text\/plain\r\nx-a: b\r\n\r\nä$/,
    );
    expect(text.toString().match(/accept:/g)).toHaveLength(1);
  });

  test('that has to have a length says that it is 0', () => {
    expect(requestBytes({url, method: 'PUT', headers: {}}).toString()).toContain(
      '\r\ncontent-length: 0\r\n',
    );
  });

  test('has no header with a line break in it', () => {
    expect(() => requestBytes({url, method: 'GET', headers: {a: 'b\r\nc: d'}})).toThrow(
      'line break',
    );
  });
});
