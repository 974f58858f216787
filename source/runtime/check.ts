import type {Probe, ProbeContext} from '../contracts/probe.ts';
import type {Fault} from '../core/fault.ts';
import {combine, type Observation, type ProbeResult, type ProcessReading} from '../core/observation.ts';

/** All the ways to look at one target. */
export interface TargetProbes {
  readonly process?: Probe & {read(): ProcessReading; judge(reading: ProcessReading): ProbeResult};
  /** `viaApi`: the api answers on the same port, so its connection proves that somebody listens. */
  readonly port?: Probe & {readonly port: number; readonly viaApi: boolean};
  /** Who owns the port, and, learned once while all is well, who stands in front of the target. */
  readonly owner?: {owner(signal: AbortSignal): Promise<ProbeResult>; learn(signal: AbortSignal): Promise<ProbeResult | undefined>; noteStranger(signal: AbortSignal): Promise<void>};
  readonly api?: Probe;
}

/**
 * One check. The process comes first: one that is stopped or a zombie cannot answer, so nobody waits for it.
 * Who owns the port is costly to ask: it is asked when something is wrong, and learned once while all is well.
 */
export async function check(probes: TargetProbes, context: ProbeContext): Promise<Observation> {
  const process = await probes.process?.look(context);
  const results = process ? [process] : [];
  const state = process?.readings.process?.state;
  if (state === 'stopped') return combine(results);
  if (state === 'zombie') return combine([...results, ...(probes.owner ? [await probes.owner.owner(context.signal)] : [])]);
  if (probes.port && !probes.port.viaApi) results.push(await probes.port.look(context));
  if (probes.api) results.push(withPort(await probes.api.look(context), probes.port));
  // It may have died while it was asked: then that is the cause, not the connection it lost.
  if (probes.process && state === 'alive' && results.some(hasFailed)) results[0] = await probes.process.look(context);
  if (probes.owner && results.some(result => result.faults.some(asksForOwner))) results.push(await probes.owner.owner(context.signal));
  const observation = combine(results);
  const objection = observation.kind === 'ok' ? await probes.owner?.learn(context.signal) : undefined;
  return objection ? combine([...results, objection]) : observation;
}

/** The thorough look: the process, and who listens on the port. What one of them could not tell is `trouble` of ours; the other counts all the same. */
export async function look(probes: TargetProbes, context: ProbeContext): Promise<{readonly result: ProbeResult; readonly trouble?: string}> {
  const looks = await Promise.allSettled([probes.process?.look(context), probes.owner?.owner(context.signal)]);
  const results = looks.flatMap(look => (look.status === 'fulfilled' && look.value ? [look.value] : []));
  const failure = looks.find(look => look.status === 'rejected');
  return {
    result: {readings: Object.assign({}, ...results.map(result => result.readings)), faults: results.flatMap(result => result.faults)},
    trouble: failure && `could not look: ${failure.reason instanceof Error ? failure.reason.message : String(failure.reason)}`,
  };
}

function hasFailed({faults}: ProbeResult): boolean {
  return faults.length > 0;
}

/** Where nobody listens there is no owner. */
function asksForOwner({kind}: Fault): boolean {
  return kind !== 'connect_refused' && kind !== 'port_closed';
}

function withPort(result: ProbeResult, port: TargetProbes['port']): ProbeResult {
  if (!port?.viaApi) return result;
  const listening = result.readings.api?.connectMs !== undefined;
  return {...result, readings: {...result.readings, port: {port: port.port, listening}}};
}
