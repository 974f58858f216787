import type {Text} from '../core/model/text.ts';
import {setTimeout as pause} from 'node:timers/promises';
import type {OpenPort, Probe, ProbeContext, Sight} from '../contracts/probe.ts';
import type {Failure, FailureKind} from '../core/model/fault.ts';
import {
  type Observation,
  type ProbeResult,
  type ProcessIdentity,
  type ProcessReading,
} from '../core/model/observation.ts';
import {combine} from '../core/check/combine.ts';
import {joined, message} from '../core/text/message.ts';
import {TextError} from '../core/text/text-error.ts';
import {answerOf} from './answer.ts';
import {runOwnCheck, type ExtraCheck} from './own-checks.ts';

export type {ExtraCheck} from './own-checks.ts';

/** All probes of one target. */
export interface TargetProbes {
  readonly process?: Probe & {
    read(): ProcessReading;
    judge(reading: ProcessReading): ProbeResult;
    /** Compares a process that a pid file names with the holder of the port; undefined when nothing is new. */
    confirm?(signal: AbortSignal, answers: boolean): Promise<ProbeResult | undefined>;
  };
  /** `viaApi`: the api answers on the same port, so its connection proves a listener. */
  readonly port?: Probe & {readonly port: number; readonly viaApi: boolean};
  /**
   * `owner` finds who listens on the port. `learn`, at a good answer, remembers a process in front of the target, such as a proxy, and looks
   * again after a `doubt`; `endedFront` is that process once it has ended; `noteStranger` remembers who held the port before a fix; `leftovers` finds what a dead process left on it.
   */
  readonly owner?: {
    owner(signal: AbortSignal, sight?: Sight): Promise<ProbeResult>;
    learn(signal: AbortSignal): Promise<ProbeResult | undefined>;
    doubt(): void;
    endedFront(): {readonly pid: number; readonly command: Text} | undefined;
    noteStranger(signal: AbortSignal): Promise<void>;
    leftovers(signal: AbortSignal): Promise<readonly ProcessIdentity[]>;
  };
  /** Asks the process manager that restarts the target, only about a failure. */
  readonly manager?: {
    inspect(signal: AbortSignal, process: ProcessReading | undefined): Promise<ProbeResult>;
  };
  readonly api?: Probe;
  /** The ports on which a process and its descendants listen. */
  readonly portsOf?: (pid: number) => readonly OpenPort[];
  /** The target's own checks. An advisory one only warns. */
  readonly checks: readonly ExtraCheck[];
}

/**
 * Runs one check. The process comes first: a stopped one cannot answer, so no probe waits for it. The other probes run together with the
 * api, so that time limits do not add up. A right answer outweighs what only tells who the process is.
 * The owner of the port is expensive to find: a check asks only when a fault shows, and once while the target is healthy.
 * `caught` gets what one of the target's own checks throws; what anything else throws rejects.
 */
export async function check(
  probes: TargetProbes,
  context: ProbeContext,
  caught?: (error: unknown) => void,
): Promise<Observation> {
  const process = await probes.process?.inspect(context);
  const results = process ? [process] : [];
  const state = process?.readings.process?.state;
  if (state === 'stopped') return combine(results);
  const extra = Promise.all(probes.checks.map(check => runOwnCheck(check, context, caught)));
  let unasked: Text | undefined;
  try {
    if (probes.port && !probes.port.viaApi) results.push(await probes.port.inspect(context));
    if (probes.api) results.push(withPort(await probes.api.inspect(context), probes.port));
  } catch (error) {
    // Such as a certificate that cannot be read: a sentence for people, and no proof of anything.
    if (!(error instanceof TextError)) throw error;
    unasked = message`could not check: ${error.text}`;
  } finally {
    // When the api throws, nothing else awaits them.
    await extra;
  }
  const extras = await extra;
  const failed = [...results, ...extras.flatMap(({result}) => result ?? [])].some(hasFailed);
  // A process that died during the check is the cause, not the lost connection.
  if (probes.process && state === 'alive' && failed)
    results[0] = await inspectAgain(probes.process, results, context);
  const known = results[0]?.readings.process;
  if (probes.portsOf && known?.state === 'alive' && results.some(isUnheard)) {
    const ports = probes.portsOf(known.identity.pid);
    // It has opened its port meanwhile.
    const late = ports.some(({port, isReached}) => port === probes.port?.port && isReached);
    if (!late)
      for (const [index, result] of results.entries())
        results[index] = withOtherPorts(result, ports, probes.owner?.endedFront());
  }
  const answer = answerOf(
    probes,
    results,
    extras.flatMap(({result}) => result ?? []),
  );
  if (probes.owner && results.some(result => result.faults.some(asksForOwner)))
    results.push(
      await probes.owner.owner(context.signal, {answer, process: results[0]?.readings.process}),
    );
  const confirm = async (answers: boolean) => {
    const confirmed = await probes.process?.confirm?.(context.signal, answers);
    if (confirmed) results[0] = confirmed;
    return confirmed !== undefined;
  };
  if (failed) await confirm(false);
  if (context.askManager !== false && answer !== 'right')
    results.push(...(await askManager(probes, results, context)));
  results.push(...extras.flatMap(({result}) => result ?? []));
  const observation = combine(results, answer === 'right');
  if (observation.kind !== 'ok') {
    probes.owner?.doubt();
    return observation;
  }
  const unseen = unasked ?? extras.find(({problem}) => problem !== undefined)?.problem;
  if (unseen !== undefined) return {kind: 'inconclusive', reason: unseen};
  const [objection, confirmed] = await Promise.all([
    probes.owner?.learn(context.signal),
    confirm(true),
  ]);
  return objection || confirmed
    ? combine(objection ? [...results, objection] : results, answer === 'right')
    : observation;
}

/** What the process manager says about a failure that these results show. */
export async function askManager(
  {manager}: TargetProbes,
  results: readonly ProbeResult[],
  {signal}: ProbeContext,
): Promise<readonly ProbeResult[]> {
  if (!manager || !results.some(hasFailed)) return [];
  const process = results.find(({readings}) => readings.process)?.readings.process;
  return [await manager.inspect(signal, process)];
}

/** Reads the process again after a failure. A dying process loses its connections before its death shows, so a lost connection gets it another moment. */
async function inspectAgain(
  process: Probe,
  results: readonly ProbeResult[],
  context: ProbeContext,
): Promise<ProbeResult> {
  const again = await process.inspect(context);
  const hungUp = results.some(({faults}) => faults.some(({kind}) => HUNG_UP.includes(kind)));
  if (!hungUp || again.readings.process?.state !== 'alive') return again;
  await pause(DYING_MS, undefined, {signal: context.signal});
  return process.inspect(context);
}

const HUNG_UP: readonly FailureKind[] = [
  'connection_reset',
  'response_truncated',
  'connect_refused',
  'port_closed',
];
const DYING_MS = 50;

export function hasFailed({faults}: ProbeResult): boolean {
  return faults.length > 0;
}

/** A port without a listener has no owner. */
function asksForOwner({kind}: Failure): boolean {
  return kind !== 'connect_refused' && kind !== 'port_closed';
}

function isUnheard({faults}: ProbeResult): boolean {
  return faults.some(({kind}) => kind === 'connect_refused' || kind === 'port_closed');
}

/** A process that listens elsewhere only is no dead listener: the url may be wrong, or what stood in front of it has ended. */
function withOtherPorts(
  result: ProbeResult,
  ports: readonly OpenPort[],
  front: {readonly pid: number; readonly command: Text} | undefined,
): ProbeResult {
  if (ports.length === 0) return result;
  const where = joined(
    ports.map(({where}) => where),
    message`, `,
  );
  return {
    ...result,
    faults: result.faults.map(fault =>
      fault.kind === 'connect_refused' || fault.kind === 'port_closed'
        ? {
            ...fault,
            listensOn: [...new Set(ports.map(({port}) => port))],
            ...(front ? {frontEnded: front.pid} : {}),
            text: front
              ? message`${fault.text}; process ${front.pid} (${front.command}), which stood in front of the service, has ended; the service listens on ${where}`
              : message`${fault.text}; the process listens on ${where}`,
          }
        : fault,
    ),
  };
}

export function withPort(result: ProbeResult, port: TargetProbes['port']): ProbeResult {
  if (!port?.viaApi) return result;
  const listening = result.readings.api?.connectMs !== undefined;
  return {...result, readings: {...result.readings, port: {port: port.port, listening}}};
}
