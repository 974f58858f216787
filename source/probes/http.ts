import type {Probe} from '../contracts/probe.ts';
import type {Fault} from '../core/fault.ts';
import type {HttpReading, ProbeResult} from '../core/observation.ts';
import {sanitizeBlock} from '../format/sanitize.ts';
import {elapsed} from '../io/elapsed.ts';
import {exchange, shown, type HttpAnswer} from '../io/http.ts';
import {judgeBody, type Expectations} from './shared/http-body.ts';

export interface HttpProbeOptions {
  readonly url: string;
  /** Field path with dots, e.g. `status` or `db.state`, to the value it must have. Empty: any body will do. */
  readonly expect: Expectations;
  /** Status codes that are good, as inclusive ranges; 200-399 unless told. */
  readonly expectStatus?: ReadonlyArray<readonly [from: number, to: number]>;
}

const GOOD_STATUS = [[200, 399]] as const;
const EXCERPT_CHARACTERS = 2048;

/** Asks the service itself: one GET, judged by status, body and time. */
export function createHttpProbe({url, expect, expectStatus = GOOD_STATUS}: HttpProbeOptions): Probe {
  const request = `GET ${shown(new URL(url))}`;
  return {
    kind: 'api',
    async look({signal, timeoutMs, slowMs}): Promise<ProbeResult> {
      const answer = await exchange({url, timeoutMs, signal});
      if (answer.kind === 'failed') {
        return {readings: {api: {connectMs: answer.connectMs}}, faults: [{probe: 'api', kind: answer.fault, text: answer.text}]};
      }
      const latencyMs = answer.totalMs;
      const fault = judgeStatus(answer) ?? (answer.redirectedTo === undefined ? judgeBody(answer, expect, request) : judgeRedirect(answer));
      const warnings = !fault && latencyMs > slowMs ? [slowFault(latencyMs, slowMs)] : [];
      return {readings: {api: readingOf(answer)}, faults: fault ? [fault] : [], warnings, latencyMs, ...(answer.redirectedTo === undefined ? {} : {notes: [`${request}: redirected to ${answer.redirectedTo}, which was not followed`]})};
    },
  };

  function judgeStatus({status, tooManyRedirects}: HttpAnswer): Fault | undefined {
    if (tooManyRedirects) return {probe: 'api', kind: 'status_unexpected', status, text: `${request}: redirected again and again, the last time with ${status}`};
    if (expectStatus.some(([from, to]) => status >= from && status <= to)) return undefined;
    return {probe: 'api', kind: 'status_unexpected', status, text: `${request}: status ${status}, wanted ${expectStatus.map(([from, to]) => (from === to ? from : `${from}-${to}`)).join(' or ')}`};
  }

  /** Where a body is expected, an answer from elsewhere is none. */
  function judgeRedirect({status, redirectedTo}: HttpAnswer): Fault | undefined {
    if (Object.keys(expect).length === 0) return undefined;
    return {probe: 'api', kind: 'status_unexpected', status, text: `${request}: status ${status} leads to ${redirectedTo}, so the expected body was not seen; name the url it leads to`};
  }

  function slowFault(latencyMs: number, limitMs: number): Fault {
    return {probe: 'api', kind: 'slow', latencyMs, limitMs, text: `answered in ${elapsed(latencyMs)}, slow is ${elapsed(limitMs)}`};
  }
}

function readingOf({status, connectMs, firstByteMs, totalMs, body}: HttpAnswer): HttpReading {
  return {status, connectMs, firstByteMs, totalMs, excerpt: sanitizeBlock(body.slice(0, EXCERPT_CHARACTERS), EXCERPT_CHARACTERS)};
}
