import {once} from 'node:events';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {ProbeResult} from '../../source/core/model/observation.ts';
import {plainGet} from '../../source/config/spec.ts';
import type {FieldExpectation, HttpSpec} from '../../source/contracts/probe.ts';
import {createHttpProbe, definition} from '../../source/probes/http.ts';
import {judgeBody, judgeText} from '../../source/probes/shared/http-body.ts';
import {render} from '../../source/core/text/say.ts';
import {cleanUp, onCleanup} from '../helpers/cleanup.ts';
import {checkOf} from '../helpers/probe.ts';
import {rawServer} from '../helpers/raw-server.ts';
import {until} from '../helpers/until.ts';
import {startProgram} from '../fixtures/services/start.ts';

let base: string;

beforeAll(async () => {
  base = `http://127.0.0.1:${(await startProgram('answers.mjs')).line}`;
});
afterAll(cleanUp);

const status = (value: string): readonly FieldExpectation[] => [{path: 'status', equals: value}];

function inspect(
  path: string,
  options: Partial<HttpSpec> = {},
  limits: {timeoutMs?: number; slowMs?: number} = {},
): Promise<ProbeResult> {
  const probe = createHttpProbe(base + path, {...plainGet, ...options});
  return probe.inspect({
    signal: new AbortController().signal,
    timeoutMs: 5_000,
    slowMs: 5_000,
    ...limits,
  });
}

describe('the api probe', () => {
  test('finds nothing wrong with a good answer and tells its times and its start', async () => {
    const {faults, readings, latencyMs, notes} = await inspect('/ok', {
      expect: [...status('ok'), {path: 'db.state', equals: 'up'}],
    });
    expect({faults, notes}).toEqual({faults: [], notes: undefined});
    expect(readings.api).toMatchObject({
      status: 200,
      connectMs: expect.any(Number),
      firstByteMs: expect.any(Number),
      totalMs: latencyMs,
      excerpt: '{"status":"ok","db":{"state":"up"}}',
    });
  });

  test.each([
    [
      '/500',
      {},
      {kind: 'status_unexpected', status: 500, text: 'GET /500: status 500, expected 200-399'},
    ],
    [
      '/ok',
      {
        status: [
          [204, 204],
          [500, 599],
        ],
      },
      {kind: 'status_unexpected', text: 'GET /ok: status 200, expected 204 or 500-599'},
    ],
    [
      '/loop',
      {},
      {kind: 'status_unexpected', status: 302, text: expect.stringContaining('too many redirects')},
    ],
    [
      '/down',
      {expect: status('ok')},
      {
        kind: 'body_unexpected',
        field: 'status',
        wanted: 'ok',
        got: 'degraded',
        components: ['db'],
        text: 'GET /down: status is degraded, expected ok; failing: db (DOWN)',
      },
    ],
    ['/ok', {expect: [{path: 'version', equals: 2}]}, {kind: 'body_unexpected', got: 'missing'}],
    ['/hostile', {expect: status('ok')}, {kind: 'body_unexpected', got: 'down'}],
    [
      '/html',
      {expect: status('ok')},
      {
        kind: 'body_invalid',
        text: 'GET /html: the body is not JSON, it starts with <!doctype html><title>hello</title>',
      },
    ],
    [
      '/huge',
      {expect: status('ok')},
      {kind: 'response_too_large', text: expect.stringContaining('65536 bytes')},
    ],
    ['/truncated', {}, {kind: 'response_truncated'}],
    ['/reset', {}, {kind: 'connection_reset'}],
  ] as const)('finds what is wrong with %s when %j is wanted', async (path, options, fault) => {
    const {faults} = await inspect(path, options);
    expect(faults).toEqual([expect.objectContaining({probe: 'api', ...fault})]);
  });

  test('takes a large body for good where none is expected', async () => {
    expect((await inspect('/huge')).faults).toEqual([]);
  });

  test('takes a redirect to another host for good and notes it, unless a body is expected that is not seen so', async () => {
    expect(await inspect('/elsewhere', {expect: status('ok')})).toMatchObject({
      faults: [
        {kind: 'status_unexpected', text: expect.stringContaining('http://elsewhere.invalid')},
      ],
    });
    expect(await inspect('/elsewhere')).toMatchObject({
      faults: [],
      notes: ['GET /elsewhere: redirected to http://elsewhere.invalid, which was not followed'],
    });
  });

  test('calls a good answer slow beyond the limit, and a bad one bad', async () => {
    expect((await inspect('/ok', {}, {slowMs: 0})).warnings).toEqual([
      expect.objectContaining({
        kind: 'slow',
        limitMs: 0,
        text: expect.stringMatching(/^answered in [\d.]+ ms, slow from 0\.0 ms$/),
      }),
    ]);
    expect((await inspect('/500', {}, {slowMs: 0})).faults).toEqual([
      expect.objectContaining({kind: 'status_unexpected'}),
    ]);
  });

  test('takes an answer that breaks a rule of HTTP for good, and warns of the rule', async () => {
    const port = await rawServer('HTTP/1.1 200 OK\nX : 1\nContent-Length: 2\n\n{}', {stays: true});
    const probe = createHttpProbe(`http://127.0.0.1:${port}/health`, plainGet);
    const {faults, warnings} = await probe.inspect({
      signal: new AbortController().signal,
      timeoutMs: 5_000,
      slowMs: 5_000,
    });
    expect(faults).toEqual([]);
    expect(warnings).toEqual([
      {
        probe: 'api',
        kind: 'malformed_response',
        text: 'GET /health: the answer breaks a rule of HTTP: its lines end without CR; a space precedes the colon of a header',
      },
    ]);
  });

  test('tells a service that hangs, with no latency to draw', async () => {
    // On a busy machine even the connection may not be there in time.
    const result = await until('it was connected', async () => {
      const result = await inspect('/never', {}, {timeoutMs: 100});
      return result.faults[0]?.kind === 'response_timeout' && result;
    });
    expect(result).toMatchObject({
      faults: [{kind: 'response_timeout'}],
      readings: {api: {connectMs: expect.any(Number)}},
    });
    expect(result.latencyMs).toBeUndefined();
  });
});

describe('a request', () => {
  test('goes out with the method, headers and body that were asked for', async () => {
    const seen = await inspect('/echo', {
      method: 'POST',
      headers: {'Content-Type': 'text/x-ping', 'Authorization': 'Bearer s3cret'},
      body: 'ping',
      expect: [
        {path: 'method', equals: 'POST'},
        {path: 'body', equals: 'ping'},
        {path: 'headers.content-type', equals: 'text/x-ping'},
        {path: 'headers.authorization', equals: 'Bearer s3cret'},
        {path: 'headers.user-agent', equals: 'agent2'},
      ],
    });
    expect(seen.faults).toEqual([]);
  });

  test('that fails is told without its headers and its body', async () => {
    const secret = {method: 'PUT', headers: {authorization: 's3cret'}, body: 's3cret'};
    for (const path of ['/500', '/never', '/reset', '/html']) {
      const {faults} = await inspect(path, {...secret, expect: status('ok')}, {timeoutMs: 200});
      expect(faults).toEqual([
        expect.objectContaining({text: expect.stringContaining(`PUT ${path}`)}),
      ]);
      expect(JSON.stringify(faults)).not.toContain('s3cret');
    }
  });

  test('keeps its headers from another origin that it is redirected to', async () => {
    const other = new URL(`http://127.0.0.1:${(await startProgram('answers.mjs')).line}/echo`);
    const seen = await inspect(`/to?${other.href}`, {
      headers: {authorization: 's3cret'},
      expect: [{path: 'headers.authorization', equals: 's3cret'}],
    });
    const [fault, ...others] = seen.faults;
    expect([fault?.kind, others]).toEqual(['status_unexpected', []]);
    expect(render(fault?.text ?? '')).toMatch(
      /\/echo: headers\.authorization is missing, expected s3cret$/,
    );
  });

  test.each([
    ['POST', 302, 'GET', ''],
    ['PUT', 302, 'PUT', 'ping'],
    ['POST', 303, 'GET', ''],
    ['POST', 307, 'POST', 'ping'],
  ])('%s that is redirected with %i goes on as %s', async (method, code, then, body) => {
    const seen = await inspect(`/to?${base}/echo&${code}`, {
      method,
      body: 'ping',
      expect: [
        {path: 'method', equals: then},
        {path: 'body', equals: body},
      ],
    });
    expect(seen.faults).toEqual([]);
  });

  test('names the parts that a bad status comes with', async () => {
    expect((await inspect('/503')).faults).toEqual([
      {
        probe: 'api',
        kind: 'status_unexpected',
        status: 503,
        components: ['db', 'queue'],
        dependency: 'database',
        text: 'GET /503: status 503, expected 200-399; failing: db (DOWN), queue (OUT_OF_SERVICE)',
      },
    ]);
  });
});

describe('a text that is expected', () => {
  const judge = (body: string, wanted: string) =>
    judgeText({body, truncated: false}, wanted, {probe: 'api', request: 'GET /'});

  test.each([
    ['Healthy', 'Healthy'],
    ['<h1>Healthy</h1>\n', 'Healthy'],
    ['status: OK (3 of 3)', 'OK (3'],
    ['NOTOK, but OK', 'OK'],
    ['正常', '正常'],
  ])('is in %j: %j', (body, wanted) => {
    expect(judge(body, wanted)).toBeUndefined();
  });

  test.each([
    ['Unhealthy', 'healthy'],
    ['Unhealthy', 'Healthy'],
    ['NOTOK', 'OK'],
    ['OK2', 'OK'],
    ['', 'OK'],
  ])('is not in %j: %j', (body, wanted) => {
    expect(judge(body, wanted)).toMatchObject({kind: 'body_unexpected', field: 'text', wanted});
  });

  test('that is missing is told with what came instead, and what that blames', () => {
    expect(judge('database is down', 'Healthy')).toEqual({
      probe: 'api',
      kind: 'body_unexpected',
      field: 'text',
      wanted: 'Healthy',
      got: 'it starts with database is down',
      text: 'GET /: the body does not contain Healthy, it starts with database is down; failing: database',
      components: ['database'],
      dependency: 'database',
    });
    expect(judge('OK\n', 'Healthy')).toMatchObject({mismatch: true});
  });
});

describe('a body', () => {
  type Equals = Readonly<Record<string, string | number | boolean>>;
  const judge = (body: string, expect: readonly FieldExpectation[]) =>
    judgeBody({body, truncated: false}, expect, {probe: 'api', request: 'GET /'})?.text;
  const all = (wanted: Equals) => Object.entries(wanted).map(([path, equals]) => ({path, equals}));

  test.each([
    ['{"ok":true,"count":3}', {ok: 'true', count: '3'}],
    ['{"ok":true,"count":3}', {ok: true, count: 3}],
    ['{"a.b":{"c":1}}', {'a.b.c': 1}],
  ])('%s is as wanted by %j', (body, wanted) => {
    expect(judge(body, all(wanted as unknown as Equals))).toBeUndefined();
  });

  test.each([
    ['[]', {status: 'ok'}, 'GET /: status is missing, expected ok'],
    ['null', {status: 'ok'}, 'GET /: status is missing, expected ok'],
    ['{"status":{"code":"ok"}}', {status: 'ok'}, 'GET /: status is {"code":"ok"}, expected ok'],
    ['{}', {constructor: 'ok'}, 'GET /: constructor is missing, expected ok'],
    ['', {status: 'ok'}, 'GET /: the body is not JSON, it is empty'],
    [
      '{"status":"fail","checks":{"db:time":[{"status":"fail"}],"disk":[{"status":"pass"}]}}',
      {status: 'pass'},
      'GET /: status is fail, expected pass; failing: db:time (fail)',
    ],
    [
      '{"status":"no","checks":[{"name":"queue","healthy":false},{"name":"db","healthy":true}]}',
      {status: 'ok'},
      'GET /: status is no, expected ok; failing: queue (false)',
    ],
    [
      '{"status":"no","services":{"db":"down","web":"up"}}',
      {status: 'ok'},
      'GET /: status is no, expected ok; failing: db (down)',
    ],
  ])('%s is not as wanted by %j', (body, wanted, text) => {
    expect(judge(body, all(wanted as unknown as Equals))).toBe(text);
  });

  const body =
    '{"queue":{"length":7},"mode":"read-only","roles":["web","cron"],"parts":[{"up":true}],"error":null}';

  test.each<FieldExpectation>([
    {path: 'queue.length', min: 7, max: 7},
    {path: 'queue.length', oneOf: [1, 7]},
    {path: 'mode', contains: 'only'},
    {path: 'mode', equals: 'read-only', contains: 'read'},
    {path: 'roles', contains: 'cron'},
    {path: 'parts.0.up', equals: true},
    {path: 'error', equals: null},
  ])('fulfils %j', expectation => {
    expect(judge(body, [expectation])).toBeUndefined();
  });

  test.each<[FieldExpectation, string]>([
    [{path: 'queue.length', max: 5}, 'queue.length is 7, expected at most 5'],
    [{path: 'queue.length', min: 8, max: 9}, 'queue.length is 7, expected 8 to 9'],
    [{path: 'mode', min: 1}, 'mode is read-only, expected at least 1'],
    [{path: 'mode', oneOf: ['rw', 'off']}, 'mode is read-only, expected rw or off'],
    [{path: 'roles', contains: 'mail'}, 'roles is ["web","cron"], expected something with mail'],
    [{path: 'roles.length', equals: 2}, 'roles.length is missing, expected 2'],
    [{path: 'gone', equals: null}, 'gone is missing, expected null'],
    [{path: 'error', contains: 'x'}, 'error is null, expected something with x'],
  ])('does not fulfil %j', (expectation, text) => {
    expect(judge(body, [expectation])).toBe(`GET /: ${text}`);
  });
});

describe('a body in another form than the expected one', () => {
  const wanted = (path: string, expectation: object): FieldExpectation => ({path, ...expectation});
  test.each<[string, FieldExpectation, boolean]>([
    ['{"state":"up"}', wanted('status', {equals: 'ok'}), true],
    ['{"status":"UP"}', wanted('status', {equals: 'ok'}), true],
    ['{"status":"healthy"}', wanted('status', {oneOf: ['ok', 'pass']}), true],
    ['{"status":{"code":"ok"}}', wanted('status', {equals: 'ok'}), true],
    ['[]', wanted('status', {equals: 'ok'}), true],
    ['{"status":"down"}', wanted('status', {equals: 'ok'}), false],
    ['{"status":"starting"}', wanted('status', {equals: 'ok'}), false],
    ['{"maintenance":true}', wanted('maintenance', {equals: false}), false],
    ['{"queue":900}', wanted('queue', {max: 100}), false],
    ['{"roles":["web"]}', wanted('roles', {contains: 'worker'}), false],
    ['{"checks":{"db":"down"}}', wanted('status', {equals: 'ok'}), false],
  ])('%s of which %j is expected is one: %s', (body, expectation, is) => {
    const fault = judgeBody({body, truncated: false}, [expectation], {
      probe: 'api',
      request: 'GET /',
    });
    expect(fault?.kind).toBe('body_unexpected');
    expect(fault && 'mismatch' in fault).toBe(is);
  });
});

test('a wrong path is told with the path that answers instead, which is searched for once', async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(request.url === '/healthz' ? 200 : 404).end();
  }).listen(0, '127.0.0.1');
  onCleanup(() => void server.close());
  await once(server, 'listening');
  const {port} = server.address() as AddressInfo;
  const probe = createHttpProbe(`http://127.0.0.1:${port}/healht`, plainGet);
  const context = {signal: new AbortController().signal, timeoutMs: 5_000, slowMs: 5_000};
  const texts = [];
  for (let checks = 0; checks < 2; checks++)
    texts.push(...(await probe.inspect(context)).faults.map(({text}) => render(text)));
  const text = 'GET /healht: status 404, expected 200-399; /healthz answers there with 200';
  expect(texts).toEqual([text, text]);
  expect(asked.filter(path => path === '/healthz')).toHaveLength(1);
  expect(asked.filter(path => path === '/healht')).toHaveLength(2);
});

describe('an http check', () => {
  test('reads under its own name, never as the api of its target', async () => {
    const check = (options: unknown) => checkOf(definition, options)();
    const good = await check({url: `${base}/ok`, expect: {'db.state': 'up'}});
    expect(good).toEqual({
      readings: {
        checks: {
          mine: {
            kind: 'http',
            state: 'ok',
            text: expect.stringMatching(/^status 200 in /),
            metrics: [{name: 'time', value: expect.any(Number), unit: 'ms'}],
          },
        },
      },
      faults: [],
    });
    expect(await check({url: `${base}/down`, expect: {status: 'ok'}})).toMatchObject({
      readings: {
        checks: {
          mine: {
            state: 'failed',
            text: 'GET /down: status is degraded, expected ok; failing: db (DOWN)',
          },
        },
      },
      faults: [{probe: 'mine', kind: 'body_unexpected', components: ['db']}],
    });
    expect(await check({url: `${base}/500`, status: '5xx'})).toMatchObject({faults: []});
    expect(await check({url: `${base}/slow`, slow: '500ms', status: 200})).toMatchObject({
      faults: [],
      warnings: [{probe: 'mine', kind: 'slow', limitMs: 500}],
      readings: {checks: {mine: {state: 'warn'}}},
    });
  });
});
