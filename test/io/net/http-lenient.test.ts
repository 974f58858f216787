import {deflateRawSync, gzipSync} from 'node:zlib';
import {afterEach, describe, expect, test} from 'vitest';
import {exchange} from '../../../source/io/net/http.ts';
import {render} from '../../../source/core/text/say.ts';
import {cleanUp} from '../../helpers/cleanup.ts';
import {rawServer} from '../../helpers/raw-server.ts';

afterEach(cleanUp);

const BODY = '{"status":"ok"}';
const LENGTH = `Content-Length: ${BODY.length}\r\n`;
const CHUNKS = `${BODY.length.toString(16)}\r\n${BODY}\r\n0\r\n\r\n`;
const OK = 'HTTP/1.1 200 OK\r\n';

/** What one exchange makes of these bytes; the peer keeps the connection open, so that only the answer itself can end it. */
async function ask(bytes: string | Buffer, {stays = true} = {}) {
  const port = await rawServer(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes, {
    stays,
  });
  return exchange({url: `http://127.0.0.1:${port}/`, timeoutMs: 3_000});
}

describe('an answer that breaks a rule', () => {
  test.each<[what: string, bytes: string, odd: RegExp]>([
    ['bare line feeds', `${OK}${LENGTH}\r\n${BODY}`.replaceAll('\r\n', '\n'), /CR/],
    [
      'both a length and chunks',
      `${OK}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n${CHUNKS}`,
      /Transfer-Encoding/,
    ],
    ['20 KiB of headers', `${OK}X: ${'x'.repeat(20_480)}\r\n${LENGTH}\r\n${BODY}`, /KiB/],
    [
      'many headers',
      `${OK}${'Set-Cookie: a=b; path=/some/where/else\r\n'.repeat(5_000)}${LENGTH}\r\n${BODY}`,
      /KiB/,
    ],
    [
      'a 100 that nobody asked for',
      `HTTP/1.1 100 Continue\r\n\r\n${OK}${LENGTH}\r\n${BODY}`,
      /100/,
    ],
    ['a space before the colon', `${OK}Content-Length : ${BODY.length}\r\n\r\n${BODY}`, /colon/],
    ['a folded header', `${OK}X: a\r\n b\r\n${LENGTH}\r\n${BODY}`, /folded/],
    ['a folded length', `${OK}Content-Length:\r\n\t${BODY.length}\r\n\r\n${BODY}`, /folded/],
    ['its length twice', `${OK}${LENGTH}${LENGTH}\r\n${BODY}`, /twice/],
    [
      'its length twice in one header',
      `${OK}Content-Length: ${BODY.length}, ${BODY.length}\r\n\r\n${BODY}`,
      /twice/,
    ],
    ['a lower-case protocol', `http/1.1 200 OK\r\n${LENGTH}\r\n${BODY}`, /status line/],
    ['a version without minor', `HTTP/1 200 OK\r\n${LENGTH}\r\n${BODY}`, /status line/],
    ['several spaces', `HTTP/1.1   200   OK\r\n${LENGTH}\r\n${BODY}`, /status line/],
    ['an empty line before it', `\r\n${OK}${LENGTH}\r\n${BODY}`, /empty line/],
    ['a line without colon', `${OK}what\r\n${LENGTH}\r\n${BODY}`, /no header/],
    ['an odd name', `${OK}X(y) z: 1\r\n${LENGTH}\r\n${BODY}`, /odd characters/],
    ['NUL in a value', `${OK}X: a\0b\r\n${LENGTH}\r\n${BODY}`, /NUL/],
    ['a first header that is folded', `${OK} X: 1\r\n${LENGTH}\r\n${BODY}`, /folded/],
  ])('by %s is understood, and the rule told', async (_, bytes, odd) => {
    const answer = await ask(bytes);
    expect(answer).toMatchObject({kind: 'answer', status: 200, body: BODY});
    const told = answer.kind === 'answer' ? (answer.oddities ?? []).map(each => render(each)) : [];
    expect(told.join()).toMatch(odd);
  });

  test('in two ways is told of both', async () => {
    const answer = await ask(`\n${OK}X : 1\r\n${LENGTH}\r\n${BODY}`);
    expect(answer).toMatchObject({body: BODY, oddities: {length: 2}});
  });

  test.each([
    [
      'a chunked body without its last line',
      `${OK}Transfer-Encoding: chunked\r\n\r\n${CHUNKS.slice(0, -2)}`,
    ],
  ])('by %s is understood when the peer closes', async (_, bytes) => {
    expect(await ask(bytes, {stays: false})).toMatchObject({body: BODY, oddities: {length: 1}});
  });

  test.each<[string, string, Buffer]>([
    ['deflate without its wrapper', 'deflate', deflateRawSync(BODY)],
    [
      'gzip with bytes behind its end',
      'gzip',
      Buffer.concat([gzipSync(BODY), Buffer.from('junk')]),
    ],
    ['gzip that is no gzip', 'gzip', Buffer.from(BODY)],
  ])('by %s is understood', async (_, encoding, body) => {
    const head = `${OK}Content-Encoding: ${encoding}\r\nContent-Length: ${body.length}\r\n\r\n`;
    expect(await ask(Buffer.concat([Buffer.from(head), body]))).toMatchObject({body: BODY});
  });
});

describe('an answer that is merely unusual', () => {
  test.each<[what: string, bytes: string, closes?: boolean]>([
    ['without a reason', `HTTP/1.1 200\r\n${LENGTH}\r\n${BODY}`],
    ['with an empty reason', `HTTP/1.1 200 \r\n${LENGTH}\r\n${BODY}`],
    [
      'after 103 Early Hints',
      `HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${OK}${LENGTH}\r\n${BODY}`,
    ],
    ['after 102 Processing', `HTTP/1.1 102 Processing\r\n\r\n${OK}${LENGTH}\r\n${BODY}`],
    ['of HTTP/1.0 without a length', `HTTP/1.0 200 OK\r\n\r\n${BODY}`, true],
    [
      'with chunk extensions',
      `${OK}Transfer-Encoding: chunked\r\n\r\n${CHUNKS.replace('\r\n', ' ;a="b"\r\n')}`,
    ],
    ['with a trailer', `${OK}Transfer-Encoding: chunked\r\n\r\n${CHUNKS.slice(0, -2)}A: b\r\n\r\n`],
    [
      'with zeros before the size of a chunk',
      `${OK}Transfer-Encoding: chunked\r\n\r\n0000000000${CHUNKS}`,
    ],
    ['with bytes behind its end', `${OK}${LENGTH}\r\n${BODY}more`, true],
    ['with 8-bit characters in a value', `${OK}X: \xe9\xff\r\n${LENGTH}\r\n${BODY}`],
    ['with an empty value', `${OK}X:\r\n${LENGTH}\r\n${BODY}`],
    ['with no space behind the colon', `${OK}${LENGTH.replace(' ', '')}\r\n${BODY}`],
    ['with a shouted transfer encoding', `${OK}TRANSFER-ENCODING: CHUNKED\r\n\r\n${CHUNKS}`],
    [
      'with the identity for transfer encoding',
      `${OK}Transfer-Encoding: identity\r\n${LENGTH}\r\n${BODY}`,
    ],
  ])('%s needs no word', async (_, bytes, closes = false) => {
    const answer = await ask(bytes, {stays: !closes});
    expect(answer).toMatchObject({kind: 'answer', status: 200, body: BODY});
    expect(answer).not.toHaveProperty('oddities');
  });
});

describe('an answer that cannot be understood', () => {
  test.each([
    ['of another protocol', '-ERR unknown command\r\n', 'other'],
    ['whose headers do not end', `${OK}X: ${'x'.repeat(300_000)}`, undefined],
    [
      'whose length is unclear',
      `${OK}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello`,
      undefined,
    ],
  ])('%s is told apart from a broken one', async (_, bytes, protocol) => {
    const answer = await ask(bytes, {stays: false});
    expect(answer.kind === 'failed' && answer.protocol).toBe(protocol);
  });

  test.each<[what: string, bytes: string, text: string]>([
    [
      'another protocol',
      'SSH-2.0-OpenSSH_9.2\r\n',
      'the answer is not HTTP (it starts with SSH-2.0-OpenSSH_9.2)',
    ],
    [
      'escape sequences',
      '\x1b[31mred\x07 alert\r\n',
      'the answer is not HTTP (it starts with red alert)',
    ],
    [
      'two lengths',
      `${OK}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello`,
      'the response ended early (its length is unclear)',
    ],
    ['a head without end', `${OK}X: y\r\n`, 'the response ended early (within its headers)'],
    [
      'nothing but 100',
      'HTTP/1.1 100 Continue\r\n\r\n',
      'the response ended early (after 100 Continue)',
    ],
    ['endless headers', `${OK}X: ${'x'.repeat(300_000)}`, 'its headers take more than 256 KiB'],
  ])('says what was seen: %s', async (_, bytes, text) => {
    const answer = await ask(bytes, {stays: false});
    expect(answer.kind).toBe('failed');
    expect(answer.kind === 'failed' && render(answer.text)).toContain(text);
  });
});
