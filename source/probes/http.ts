import type {Text} from '../core/model/text.ts';
import type {HttpSpec, Probe, ProbeContext, ProbeDefinition} from '../contracts/probe.ts';
import type {Failure, ProbeName, Warning} from '../core/model/fault.ts';
import type {CheckReading, HttpReading, ProbeResult} from '../core/model/observation.ts';
import {message, joined} from '../core/text/message.ts';
import {TextError} from '../core/text/text-error.ts';
import {sanitize, sanitizeBlock} from '../format/sanitize.ts';
import {elapsed} from '../format/elapsed.ts';
import {unixAddressOf} from '../format/unix-url.ts';
import {pathThatAnswers} from '../io/net/health-paths.ts';
import {exchange, shown, type HttpAnswer, type HttpFailure} from '../io/net/http.ts';
import type {FirstLook} from '../io/net/late-answer.ts';
import {otherProtocol} from '../io/net/other-protocol.ts';
import {createTlsClient} from '../io/net/tls-client.ts';
import {checkResult, timeMetric, unknownResult} from './shared/check-result.ts';
import {judgeBody, judgeText, startOf, type Asker} from './shared/http-body.ts';
import {
  askerOf,
  goodBy,
  isOwn,
  judgeRedirect,
  judgeRedirected,
  type GoodBy,
} from './shared/http-redirect.ts';
import {judgeStatus} from './shared/http-status.ts';
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
    {url: 'unix:/run/app.sock:/health', expectText: 'Healthy'},
    {
      url: 'https://shop.internal/health',
      servername: 'shop.example',
      ca: '/etc/ssl/private-ca.pem',
      allowSelfSigned: true,
      cert: '/etc/ssl/client.pem',
      key: '/etc/ssl/client.key',
    },
  ],
  refuses: [
    {given: 'ftp://host/x', says: 'expected a url with http://, https:// or unix:'},
    {given: 'unix:app.sock:/health', says: 'names no socket by its absolute path'},
    {given: {url: 'https://x/', key: '/x.key'}, says: 'expected cert beside key'},
    {given: {url: 'http://x/', status: '20'}, says: 'expected a status, a range or a class'},
  ],
  create: ({url, slowMs, ...spec}, {name}) => {
    const probe = createHttpProbe(url, spec, name);
    return {
      kind: name,
      async inspect(context) {
        const result = await seen(probe, {...context, slowMs: slowMs ?? context.slowMs});
        if (result instanceof TextError) return unknownResult(name, 'http', result.text);
        const {readings, faults, warnings = [], notes} = result;
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

/** A file of the check that cannot be used says nothing about the service. */
async function seen(probe: Probe, context: ProbeContext): Promise<ProbeResult | TextError> {
  try {
    return await probe.inspect(context);
  } catch (error) {
    if (error instanceof TextError) return error;
    throw error;
  }
}

const EXCERPT_CHARACTERS = 2048;
/** A wrong path, as after a deploy that renamed it. */
const NOT_FOUND = [404, 405, 410];

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
  const tls = createTlsClient(spec);
  let wasAnswered = false;
  let good: GoodBy;
  /** The path that answers instead, searched for once until the answer is good again. */
  let instead: Promise<string | undefined> | undefined;
  return {
    kind: probe,
    async inspect(context): Promise<ProbeResult> {
      const {signal, timeoutMs, slowMs} = context;
      const answer = await exchange({
        url: address,
        method: spec.method,
        headers: spec.headers,
        body: spec.body,
        tls,
        timeoutMs,
        signal,
        look: unixAddressOf(address) ? undefined : look,
      });
      if (answer.kind === 'failed') {
        return {
          readings: {api: {connectMs: answer.connectMs}},
          faults: [
            (wasAnswered && address.protocol === 'https:'
              ? undefined
              : await misaddressed(answer, address, asker, context)) ??
              connectionFault(answer, probe),
          ],
        };
      }
      wasAnswered = true;
      if (answer.redirectFailed && isOwn(answer, good)) {
        const {redirectFailed: failure, location = ''} = answer;
        const text = message`${asker.request}: redirected to ${sanitize(location, 100)}: ${failure.text}`;
        return {
          readings: {api: {connectMs: answer.connectMs}},
          faults: [connectionFault({...failure, text}, probe)],
        };
      }
      const latencyMs = answer.totalMs;
      const by = askerOf(answer, asker);
      const found =
        judgeStatus(answer, spec, by) ??
        (answer.redirectedTo === undefined
          ? (judgeBody(answer, spec.expect, by) ?? judgeText(answer, spec.expectText, by))
          : judgeRedirect(answer, spec, by));
      const judged = found && judgeRedirected(found, answer, good);
      if (!judged) good = goodBy(answer);
      const misses = judged?.kind === 'status_unexpected' && NOT_FOUND.includes(judged.status);
      // A search that was cut short found nothing.
      if (!misses) instead = undefined;
      else instead ??= pathThatAnswers(address, tls, signal).catch(() => undefined);
      const path = await instead;
      const fault =
        judged && path !== undefined
          ? {...judged, text: message`${judged.text}; ${path} answers there with 200`}
          : judged;
      const notes =
        answer.redirectedTo === undefined
          ? {}
          : {
              notes: [
                answer.withheld
                  ? message`${asker.request}: redirected to ${answer.redirectedTo}, which was not followed: its method and body go to no other origin`
                  : message`${asker.request}: redirected to ${answer.redirectedTo}, which was not followed`,
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

function connectionFault(
  {fault: kind, text, protocol, hang}: HttpFailure,
  probe: ProbeName,
): Failure {
  switch (kind) {
    case 'connect_timeout':
    case 'response_timeout':
      return {probe, kind, text, ...(hang === undefined ? {} : {hang})};
    case 'tls_failed':
    case 'connection_reset':
    case 'response_truncated':
      return {probe, kind, text, ...(protocol === undefined ? {} : {protocol})};
    default:
      return {probe, kind, text};
  }
}

/** A service that speaks TLS instead of plain HTTP, or never answered and speaks the latter; asked only where nothing else explains the failure, because it takes a second connection. */
async function misaddressed(
  failure: HttpFailure,
  url: URL,
  {probe, request}: Asker,
  context: ProbeContext,
): Promise<Failure | undefined> {
  if (failure.protocol !== undefined) return undefined;
  const protocol = await otherProtocol(url, failure, context);
  if (protocol === undefined) return undefined;
  return protocol === 'tls'
    ? {
        probe,
        kind: 'connection_reset',
        protocol,
        text: message`${request}: ${url.host} speaks TLS, and was asked without it; use https:// in the url`,
      }
    : {
        probe,
        kind: 'tls_failed',
        protocol,
        text: message`${request}: ${url.host} answers plain HTTP, not TLS; use http:// in the url`,
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
