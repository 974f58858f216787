import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {ProbeResult} from '../../source/core/observation.ts';
import {createHttpProbe, type HttpProbeOptions} from '../../source/probes/http.ts';
import {judgeBody} from '../../source/probes/shared/http-body.ts';
import {cleanUp} from '../helpers/cleanup.ts';
import {startProgram} from '../fixtures/services/start.ts';

let base: string;

beforeAll(async () => {
  base = `http://127.0.0.1:${(await startProgram('answers.mjs')).line}`;
});
afterAll(cleanUp);

function look(path: string, options: Partial<HttpProbeOptions> = {}, limits: {timeoutMs?: number; slowMs?: number} = {}): Promise<ProbeResult> {
  const probe = createHttpProbe({url: base + path, expect: {}, ...options});
  return probe.look({signal: new AbortController().signal, timeoutMs: 5_000, slowMs: 5_000, ...limits});
}

describe('the api probe', () => {
  test('finds nothing wrong with a good answer and tells its times and its start', async () => {
    const {faults, readings, latencyMs, notes} = await look('/ok', {expect: {status: 'ok', 'db.state': 'up'}});
    expect({faults, notes}).toEqual({faults: [], notes: undefined});
    expect(readings.api).toMatchObject({status: 200, connectMs: expect.any(Number), firstByteMs: expect.any(Number), totalMs: latencyMs, excerpt: '{"status":"ok","db":{"state":"up"}}'});
  });

  test.each([
    ['/500', {}, {kind: 'status_unexpected', status: 500, text: 'GET /500: status 500, wanted 200-399'}],
    ['/ok', {expectStatus: [[204, 204], [500, 599]]}, {kind: 'status_unexpected', text: 'GET /ok: status 200, wanted 204 or 500-599'}],
    ['/loop', {}, {kind: 'status_unexpected', status: 302, text: expect.stringContaining('again and again')}],
    ['/down', {expect: {status: 'ok'}}, {kind: 'body_unexpected', field: 'status', wanted: 'ok', got: 'degraded', text: 'GET /down: status is degraded, wanted ok; failing: db (DOWN)'}],
    ['/ok', {expect: {version: 2}}, {kind: 'body_unexpected', got: 'missing'}],
    ['/hostile', {expect: {status: 'ok'}}, {kind: 'body_unexpected', got: 'down'}],
    ['/html', {expect: {status: 'ok'}}, {kind: 'body_invalid', text: 'GET /html: the body is not JSON, it starts with <!doctype html><title>hello</title>'}],
    ['/huge', {expect: {status: 'ok'}}, {kind: 'response_too_large', text: expect.stringContaining('65536 bytes')}],
    ['/truncated', {}, {kind: 'response_truncated'}],
    ['/reset', {}, {kind: 'connection_reset'}],
  ] as const)('finds what is wrong with %s when %j is wanted', async (path, options, fault) => {
    const {faults} = await look(path, options as Partial<HttpProbeOptions>);
    expect(faults).toEqual([expect.objectContaining({probe: 'api', ...fault})]);
  });

  test('takes a large body for good where none is expected', async () => {
    expect((await look('/huge')).faults).toEqual([]);
  });

  test('takes a redirect to another host for good and notes it, unless a body is expected that is not seen so', async () => {
    expect(await look('/elsewhere', {expect: {status: 'ok'}})).toMatchObject({faults: [{kind: 'status_unexpected', text: expect.stringContaining('http://elsewhere.invalid')}]});
    expect(await look('/elsewhere')).toMatchObject({faults: [], notes: ['GET /elsewhere: redirected to http://elsewhere.invalid, which was not followed']});
  });

  test('calls a good answer slow beyond the limit, and a bad one bad', async () => {
    expect((await look('/ok', {}, {slowMs: 0})).warnings).toEqual([expect.objectContaining({kind: 'slow', limitMs: 0, text: expect.stringMatching(/^answered in [\d.]+ ms, slow is 0\.0 ms$/)})]);
    expect((await look('/500', {}, {slowMs: 0})).faults).toEqual([expect.objectContaining({kind: 'status_unexpected'})]);
  });

  test('tells a service that hangs, with no latency to draw', async () => {
    const result = await look('/never', {}, {timeoutMs: 100});
    expect(result).toMatchObject({faults: [{kind: 'response_timeout'}], readings: {api: {connectMs: expect.any(Number)}}});
    expect(result.latencyMs).toBeUndefined();
  });
});

describe('a body', () => {
  const judge = (body: string, expect: Record<string, string | number | boolean>) => judgeBody({body, truncated: false}, expect, 'GET /')?.text;

  test.each([
    ['{"ok":true,"count":3}', {ok: 'true', count: '3'}],
    ['{"ok":true,"count":3}', {ok: true, count: 3}],
    ['{"a.b":{"c":1}}', {'a.b.c': 1}],
  ])('%s is as wanted by %j', (body, wanted) => {
    expect(judge(body, wanted)).toBeUndefined();
  });

  test.each([
    ['[]', {status: 'ok'}, 'GET /: status is missing, wanted ok'],
    ['null', {status: 'ok'}, 'GET /: status is missing, wanted ok'],
    ['{"status":{"code":"ok"}}', {status: 'ok'}, 'GET /: status is {"code":"ok"}, wanted ok'],
    ['{}', {constructor: 'ok'}, 'GET /: constructor is missing, wanted ok'],
    ['', {status: 'ok'}, 'GET /: the body is not JSON, it is empty'],
    ['{"status":"fail","checks":{"db:time":[{"status":"fail"}],"disk":[{"status":"pass"}]}}', {status: 'pass'}, 'GET /: status is fail, wanted pass; failing: db:time (fail)'],
    ['{"status":"no","checks":[{"name":"queue","healthy":false},{"name":"db","healthy":true}]}', {status: 'ok'}, 'GET /: status is no, wanted ok; failing: queue (false)'],
    ['{"status":"no","services":{"db":"down","web":"up"}}', {status: 'ok'}, 'GET /: status is no, wanted ok; failing: db (down)'],
  ])('%s is not as wanted by %j', (body, wanted, text) => {
    expect(judge(body, wanted as Record<string, string>)).toBe(text);
  });
});
