import type {Text} from '../core/model/text.ts';
import type {HttpSpec, Probe, ProbeDefinition} from '../contracts/probe.ts';
import type {Failure, ProbeName, Warning} from '../core/model/fault.ts';
import type {CheckReading, HttpReading, ProbeResult} from '../core/model/observation.ts';
import {message, joined} from '../core/text/message.ts';
import {sanitizeBlock} from '../format/sanitize.ts';
import {elapsed} from '../format/elapsed.ts';
import {exchange, shown, type HttpAnswer} from '../io/net/http.ts';
import type {FirstLook} from '../io/net/late-answer.ts';
import {checkResult, timeMetric} from './shared/check-result.ts';
import {blameOf, judgeBody, startOf, type Asker} from './shared/http-body.ts';
import {answererOf} from './shared/http-answerer.ts';
import {httpOptions, type HttpOptions} from './shared/http-options.ts';
import {say} from '../core/text/say.ts';

export const definition: ProbeDefinition<HttpOptions> = {
  get summary() {
    return say`request a url and judge the response by status, body and time`;
  },
  options: httpOptions,
  examples: [
    'http://127.0.0.1:3000/ready',
    {
      url: 'https://127.0.0.1:3000/jobs',
      method: 'post',
      headers: {authorization: 'Bearer ${env:JOBS_TOKEN}'},
      body: '{"dry": true}',
      status: [200, 202, '3xx', '404-410'],
      expect: {
        'status': 'ok',
        'db.up': true,
        'error': null,
        'queue.length': {min: 0, max: 100},
        'roles': {contains: 'worker'},
        'db.state': {oneOf: ['up', 1]},
      },
      slow: '2s',
    },
  ],
  refuses: [
    {given: 'ftp://host/x', says: 'expected a url with http:// or https://'},
    {given: {url: 'http://x/', status: '20'}, says: 'expected a status, a range or a class'},
  ],
  create: ({url, slowMs, ...spec}, {name}) => {
    const probe = createHttpProbe(url, spec, name);
    return {
      kind: name,
      async inspect(context) {
        const {
          readings,
          faults,
          warnings = [],
          notes,
        } = await probe.inspect({...context, slowMs: slowMs ?? context.slowMs});
        return checkResult(name, {
          kind: 'http',
          text: shortText(readings.api, faults),
          metrics: metricsOf(readings.api),
          faults,
          warnings,
          notes,
        });
      },
    };
  },
};

const EXCERPT_CHARACTERS = 2048;

/**
 * Asks the service itself: one request, judged by status, body and time. Reading and faults belong to the target's `api` unless the faults get another name.
 * `look` looks at a service of this machine while its answer is late.
 */
export function createHttpProbe(
  url: string,
  spec: HttpSpec,
  probe: ProbeName = 'api',
  look?: FirstLook,
): Probe {
  const address = new URL(url);
  const asker: Asker = {probe, request: `${spec.method} ${shown(address)}`};
  return {
    kind: probe,
    async inspect({signal, timeoutMs, slowMs}): Promise<ProbeResult> {
      const answer = await exchange({
        url: address,
        method: spec.method,
        headers: spec.headers,
        body: spec.body,
        timeoutMs,
        signal,
        look,
      });
      if (answer.kind === 'failed') {
        const {fault, text, hang, connectMs} = answer;
        const hangs = hang === undefined ? {} : {hang};
        return {
          readings: {api: {connectMs}},
          faults: [{probe, kind: fault, text, ...hangs}],
        };
      }
      const latencyMs = answer.totalMs;
      const fault =
        judgeStatus(answer, spec, asker) ??
        (answer.redirectedTo === undefined
          ? judgeBody(answer, spec.expect, asker)
          : judgeRedirect(answer, spec, asker));
      const notes =
        answer.redirectedTo === undefined
          ? {}
          : {
              notes: [
                message`${asker.request}: redirected to ${answer.redirectedTo}, which was not followed`,
              ],
            };
      return {
        readings: {api: readingOf(answer)},
        faults: fault ? [fault] : [],
        warnings: [
          ...(!fault && latencyMs > slowMs ? [slow(probe, latencyMs, slowMs)] : []),
          ...malformed(answer, asker),
        ],
        latencyMs,
        ...notes,
      };
    },
  };
}

function slow(probe: ProbeName, latencyMs: number, limitMs: number): Warning {
  const text = message`answered in ${elapsed(latencyMs)}, slow from ${elapsed(limitMs)}`;
  return {probe, kind: 'slow', latencyMs, limitMs, text};
}

function malformed({oddities = []}: HttpAnswer, {probe, request}: Asker): readonly Warning[] {
  if (oddities.length === 0) return [];
  const text = message`${request}: the answer breaks a rule of HTTP: ${joined(oddities, message`; `)}`;
  return [{probe, kind: 'malformed_response', text}];
}

/** The body of a bad status may name the faulty part. */
function judgeStatus(
  answer: HttpAnswer,
  {status: good}: HttpSpec,
  {probe, request}: Asker,
): Failure | undefined {
  const {status, body} = answer;
  if (answer.tooManyRedirects)
    return {
      probe,
      kind: 'status_unexpected',
      ...answererOf(answer),
      text: message`${request}: too many redirects, the last with ${status}`,
    };
  if (good.some(([from, to]) => status >= from && status <= to)) return undefined;
  const wanted = joined(
    good.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)),
    message` or `,
  );
  const told = answererOf(answer);
  // What a proxy says of itself names no part of the service.
  const {blame, ...blamed} = told.from?.page === undefined ? blameOf(body) : {blame: ''};
  return {
    probe,
    kind: 'status_unexpected',
    ...told,
    text: message`${request}: status ${status}, expected ${wanted}${blame}`,
    ...blamed,
  };
}

/** Where a body is expected, a redirect to another host is no answer. */
function judgeRedirect(
  answer: HttpAnswer,
  {expect}: HttpSpec,
  {probe, request}: Asker,
): Failure | undefined {
  if (expect.length === 0) return undefined;
  return {
    probe,
    kind: 'status_unexpected',
    ...answererOf(answer),
    text: message`${request}: status ${answer.status} redirects to ${answer.redirectedTo ?? ''}, so the expected body was not seen; use that url`,
  };
}

function readingOf({status, connectMs, firstByteMs, totalMs, body}: HttpAnswer): HttpReading {
  return {
    status,
    connectMs,
    firstByteMs,
    totalMs,
    excerpt: sanitizeBlock(startOf(body, EXCERPT_CHARACTERS), EXCERPT_CHARACTERS),
  };
}

function shortText(reading: HttpReading | undefined, [fault]: readonly Failure[]): Text {
  if (reading?.status === undefined || reading.totalMs === undefined) return fault?.text ?? '';
  return fault && fault.kind !== 'status_unexpected'
    ? fault.text
    : message`status ${reading.status} in ${elapsed(reading.totalMs)}`;
}

function metricsOf(reading: HttpReading | undefined): CheckReading['metrics'] {
  return reading?.totalMs === undefined ? [] : [timeMetric(reading.totalMs)];
}
