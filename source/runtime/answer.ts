import type {Answer, Probe} from '../contracts/probe.ts';
import {mergeReadings} from '../core/check/combine.ts';
import type {ProbeResult} from '../core/model/observation.ts';

/**
 * What the service answered. Without a url an open port alone is no answer, since the kernel opens it; the target's own checks that ask
 * somebody are.
 */
export function answerOf(
  {api}: {readonly api?: Probe},
  results: readonly ProbeResult[],
  own: readonly ProbeResult[],
): Answer {
  const {port, api: reading} = mergeReadings(results.map(({readings}) => readings));
  if (api) {
    const faults = results.flatMap(({faults}) => faults.filter(({probe}) => probe === 'api'));
    if (faults.length === 0) return 'right';
    const status = faults.find(fault => fault.kind === 'status_unexpected')?.status;
    if (status !== undefined && PROXY_STATUS.includes(status)) return 'proxy';
    return reading?.status === undefined ? 'none' : 'other';
  }
  if (!port?.listening) return 'none';
  const asked = own.flatMap(({readings}) => Object.values(readings.checks ?? {}));
  const isRight =
    asked.some(({kind, state}) => ASKING.includes(kind) && state !== 'failed') &&
    own.every(result => result.faults.length === 0);
  return isRight ? 'right' : 'other';
}

/** What a proxy says when it finds nobody behind it. */
const PROXY_STATUS: readonly number[] = [502, 503, 504];

/** The kinds of check that ask the service itself. */
const ASKING: readonly string[] = ['http', 'exec', 'tls'];
