import {createServer} from 'node:net';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {exchange, type HttpAnswer, type HttpFailure} from '../../../source/io/net/http.ts';
import {cleanUp, onCleanup} from '../../helpers/cleanup.ts';
import {quickest} from '../../helpers/quickest.ts';
import {until} from '../../helpers/until.ts';
import {startProgram} from '../../fixtures/services/start.ts';
import {render} from '../../../source/core/text/say.ts';

let base: string;

beforeAll(async () => {
  base = `http://127.0.0.1:${(await startProgram('answers.mjs')).line}`;
});
afterAll(cleanUp);

async function answer(path: string, timeoutMs = 20_000): Promise<HttpAnswer> {
  const result = await exchange({url: base + path, timeoutMs});
  if (result.kind === 'failed') throw new Error(render(result.text));
  return result;
}

async function failure(url: string, timeoutMs = 20_000): Promise<HttpFailure> {
  const result = await exchange({url, timeoutMs});
  if (result.kind === 'answer') throw new Error(`answered ${result.status}`);
  return result;
}

describe('an exchange', () => {
  test('tells status, body and three times that grow', async () => {
    const {status, body, connectMs, firstByteMs, totalMs, truncated} = await answer('/ok');
    expect({status, body, truncated}).toEqual({
      status: 200,
      body: '{"status":"ok","db":{"state":"up"}}',
      truncated: false,
    });
    expect(connectMs).toBeGreaterThan(0);
    expect(firstByteMs).toBeGreaterThan(connectMs);
    expect(totalMs).toBeGreaterThanOrEqual(firstByteMs);
  });

  test('uses a connection of its own and asks for no compression', async () => {
    const headers = JSON.parse((await answer('/headers')).body);
    expect(headers).toMatchObject({
      'connection': 'close',
      'accept-encoding': 'identity',
      'user-agent': 'agent2',
    });
  });

  test('with a service that accepts and never answers ends at the time limit and says that it was connected', async () => {
    // On a busy machine even the connection may not be there in time.
    const {fault, text, connected} = await until('it was connected', async () => {
      const failed = await failure(`${base}/never?token=secret`, 200);
      return failed.connected && failed;
    });
    expect({fault, connected}).toEqual({fault: 'response_timeout', connected: true});
    expect(text).toMatch(/^GET \/never: no response within 200 ms \(connected in [\d.]+ ms\)$/);
  });

  test('with a body that trickles is held to the same time limit', async () => {
    // The first bytes may come late on a busy machine.
    const {fault, text} = await until('it was answered', async () => {
      const failed = await failure(`${base}/trickle`, 300);
      return render(failed.text).includes('answered') && failed;
    });
    expect(fault).toBe('response_timeout');
    expect(text).toMatch(
      /^GET \/trickle: answered 200, but the body did not end within 300 ms \(\d bytes so far\)$/,
    );
    const tookMs = await quickest(1_500, async () => {
      const startedAt = performance.now();
      await failure(`${base}/trickle`, 300);
      return performance.now() - startedAt;
    });
    expect(tookMs).toBeLessThan(1_500);
  });

  test.each(['/huge', '/endless'])(
    'reads no more of a large body than the cap (%s)',
    async path => {
      const {body, truncated} = await answer(path);
      expect({length: body.length, truncated}).toEqual({length: 65_536, truncated: true});
    },
  );

  test('unpacks a body that came compressed all the same', async () => {
    expect((await answer('/gzip')).body).toBe('{"status":"ok"}');
  });

  test('pays for a gzip bomb with no more than the cap', async () => {
    const before = process.memoryUsage().rss;
    const {body, truncated} = await answer('/bomb');
    expect({length: body.length, truncated}).toEqual({length: 65_536, truncated: true});
    expect(process.memoryUsage().rss - before).toBeLessThan(30_000_000);
  });

  test('takes a body that is not compressed as it says for what it is, and says so', async () => {
    const {body, oddities = []} = await answer('/not-gzip');
    expect(body).toBe('plain text');
    expect(oddities.map(each => render(each))).toEqual([
      'its body is not gzip (incorrect header check)',
    ]);
  });

  test('follows a redirect on the same host', async () => {
    expect(await answer('/once')).toMatchObject({status: 200, body: expect.stringContaining('ok')});
  });

  test('gives up a redirect loop', async () => {
    expect(await answer('/loop')).toMatchObject({status: 302, tooManyRedirects: true});
  });

  test('does not follow a redirect to another host and tells no secret of it', async () => {
    expect(await answer('/elsewhere')).toMatchObject({
      status: 302,
      redirectedTo: 'http://elsewhere.invalid',
    });
  });

  test.each([
    ['/truncated', 'response_truncated', /ended early/],
    ['/reset', 'connection_reset', /closed the connection without an answer \(ECONNRESET\)/],
    ['/closed', 'connection_reset', /closed the connection without an answer \(end of stream\)/],
    ['/garbage', 'response_truncated', /not HTTP/],
  ])('tells %s as %s', async (path, fault, text) => {
    expect(await failure(base + path)).toMatchObject({
      fault,
      text: expect.stringMatching(text),
      connected: true,
    });
  });

  test('with nobody listening is refused', async () => {
    expect(await failure('http://127.0.0.1:1/health')).toEqual({
      kind: 'failed',
      fault: 'connect_refused',
      text: 'GET /health: connection refused by 127.0.0.1:1',
      connected: false,
      connectMs: undefined,
    });
  });

  test('with a name that does not exist fails at the name', async () => {
    expect(await failure('http://does-not-exist.invalid/')).toMatchObject({
      fault: 'dns_failed',
      connected: false,
    });
  });

  test('with TLS where none is spoken fails at TLS', async () => {
    expect(await failure(base.replace('http:', 'https:'))).toMatchObject({
      fault: 'tls_failed',
      connected: true,
    });
  });

  test('sends user and password and never tells them', async () => {
    const withPassword = base.replace('://', '://me:s3cret@');
    const answered = await exchange({url: `${withPassword}/headers`, timeoutMs: 20_000});
    expect(answered).toMatchObject({
      body: expect.stringContaining(Buffer.from('me:s3cret').toString('base64')),
    });
    expect(JSON.stringify(await failure(`${withPassword}/never`, 100))).not.toContain('s3cret');
  });

  test('ends at once, with the reason, when it is aborted', async () => {
    const controller = new AbortController();
    const pending = exchange({url: `${base}/never`, timeoutMs: 20_000, signal: controller.signal});
    controller.abort(new Error('enough'));
    await expect(pending).rejects.toThrow('enough');
  });

  test('leaves no connection behind after a time-out', async () => {
    const open = new Set<unknown>();
    const closed = new Promise<void>(resolve => {
      const server = createServer(socket => {
        open.add(socket);
        socket.on('error', () => undefined);
        socket.once('close', () => resolve());
        socket.resume();
      });
      onCleanup(() => void server.close());
      server.listen(
        0,
        '127.0.0.1',
        () =>
          void exchange({
            url: `http://127.0.0.1:${(server.address() as {port: number}).port}/`,
            timeoutMs: 100,
          }),
      );
    });
    await closed;
    expect(open.size).toBe(1);
  });
});
