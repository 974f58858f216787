import type {Text} from '../core/model/text.ts';
import {setTimeout as pause} from 'node:timers/promises';
import type {Probe, ProbeContext} from '../contracts/probe.ts';
import type {Failure, FailureKind, Fault} from '../core/model/fault.ts';
import {
  type Observation,
  type ProbeResult,
  type ProcessReading,
  type Readings,
} from '../core/model/observation.ts';
import {combine} from '../core/check/combine.ts';
import {message} from '../core/text/message.ts';
import {errorText} from '../format/error-text.ts';

/** All probes of one target. */
export interface TargetProbes {
  readonly process?: Probe & {read(): ProcessReading; judge(reading: ProcessReading): ProbeResult};
  /** `viaApi`: the api answers on the same port, so its connection proves a listener. */
  readonly port?: Probe & {readonly port: number; readonly viaApi: boolean};
  /**
   * `owner` finds who listens on the port. `learn`, once while the target is healthy, remembers a process in front of it, such as a proxy;
   * `noteStranger` remembers a stranger before a fix.
   */
  readonly owner?: {
    owner(signal: AbortSignal): Promise<ProbeResult>;
    learn(signal: AbortSignal): Promise<ProbeResult | undefined>;
    noteStranger(signal: AbortSignal): Promise<void>;
  };
  /** Asks the process manager that restarts the target, only about a failure. */
  readonly manager?: {
    inspect(signal: AbortSignal, process: ProcessReading | undefined): Promise<ProbeResult>;
  };
  readonly api?: Probe;
  /** The target's own checks. An advisory one only warns. */
  readonly checks: readonly ExtraCheck[];
}

export interface ExtraCheck {
  readonly probe: Probe;
  readonly advisory: boolean;
}

/**
 * Runs one check. The process comes first: a stopped one or a zombie cannot answer, so no probe waits for it. The other probes run together
 * with the api, so that time limits do not add up.
 * The owner of the port is expensive to find: a check asks only when a fault shows, and once while the target is healthy.
 */
export async function check(probes: TargetProbes, context: ProbeContext): Promise<Observation> {
  const process = await probes.process?.inspect(context);
  const results = process ? [process] : [];
  const state = process?.readings.process?.state;
  if (state === 'stopped') return combine(results);
  if (state === 'zombie')
    return combine([
      ...results,
      ...(probes.owner ? [await probes.owner.owner(context.signal)] : []),
    ]);
  const extra = Promise.all(probes.checks.map(check => runOwnCheck(check, context)));
  try {
    if (probes.port && !probes.port.viaApi) results.push(await probes.port.inspect(context));
    if (probes.api) results.push(withPort(await probes.api.inspect(context), probes.port));
  } finally {
    // When the api throws, nothing else awaits them.
    await extra;
  }
  const extras = await extra;
  const failed = [...results, ...extras.flatMap(({result}) => result ?? [])].some(hasFailed);
  // A process that died during the check is the cause, not the lost connection.
  if (probes.process && state === 'alive' && failed)
    results[0] = await inspectAgain(probes.process, results, context);
  if (probes.owner && results.some(result => result.faults.some(asksForOwner)))
    results.push(await probes.owner.owner(context.signal));
  if (context.askManager !== false) results.push(...(await askManager(probes, results, context)));
  results.push(...extras.flatMap(({result}) => result ?? []));
  const observation = combine(results);
  if (observation.kind !== 'ok') return observation;
  const unseen = extras.find(({problem}) => problem !== undefined)?.problem;
  if (unseen !== undefined) return {kind: 'inconclusive', reason: unseen};
  const objection = await probes.owner?.learn(context.signal);
  return objection ? combine([...results, objection]) : observation;
}

/** What the process manager says about a failure that these results show. */
async function askManager(
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

/** Runs one of the target's own checks; never rejects. `problem`: a required one could not run, which proves nothing about the target. */
async function runOwnCheck(
  {probe, advisory}: ExtraCheck,
  context: ProbeContext,
): Promise<{readonly result?: ProbeResult; readonly problem?: Text}> {
  try {
    const {readings, faults, warnings = [], notes} = await probe.inspect(context);
    const named = <Any extends Fault>(fault: Any): Any => ({
      ...fault,
      text: message`${probe.kind}: ${fault.text}`,
    });
    if (!advisory)
      return {
        result: {
          readings,
          faults: faults.map(fault => named(fault)),
          warnings: warnings.map(fault => named(fault)),
          notes,
        },
      };
    return {
      result: {
        readings: softened(readings),
        faults: [],
        warnings: [...faults, ...warnings].map(fault => named(fault)),
        notes,
      },
    };
  } catch (error) {
    const text = message`${probe.kind}: ${errorText(error)}`;
    return advisory
      ? {
          result: {
            readings: {},
            faults: [],
            warnings: [{probe: probe.kind, kind: 'check_unknown', text}],
          },
        }
      : {problem: text};
  }
}

/** An advisory check warns where another one fails. */
function softened({checks = {}, ...rest}: Readings): Readings {
  return {
    ...rest,
    checks: Object.fromEntries(
      Object.entries(checks).map(([name, reading]) => [
        name,
        reading.state === 'failed' ? {...reading, state: 'warn'} : reading,
      ]),
    ),
  };
}

/** Reads the process and the listener on the port. `problem` says why one of them failed; the result has the other. */
export async function inspect(
  probes: TargetProbes,
  context: ProbeContext,
): Promise<{readonly result: ProbeResult; readonly problem?: Text}> {
  const outcomes = await Promise.allSettled([
    probes.process?.inspect(context),
    probes.owner?.owner(context.signal),
  ]);
  const results = outcomes.flatMap(outcome =>
    outcome.status === 'fulfilled' && outcome.value ? [outcome.value] : [],
  );
  const asked = await Promise.allSettled([askManager(probes, results, context)]);
  results.push(...asked.flatMap(answer => (answer.status === 'fulfilled' ? answer.value : [])));
  const failure = [...outcomes, ...asked].find(outcome => outcome.status === 'rejected');
  return {
    result: {
      readings: Object.assign({}, ...results.map(result => result.readings)) as Readings,
      faults: results.flatMap(result => result.faults),
    },
    problem: failure && message`could not check: ${errorText(failure.reason)}`,
  };
}

function hasFailed({faults}: ProbeResult): boolean {
  return faults.length > 0;
}

/** A port without a listener has no owner. */
function asksForOwner({kind}: Failure): boolean {
  return kind !== 'connect_refused' && kind !== 'port_closed';
}

function withPort(result: ProbeResult, port: TargetProbes['port']): ProbeResult {
  if (!port?.viaApi) return result;
  const listening = result.readings.api?.connectMs !== undefined;
  return {...result, readings: {...result.readings, port: {port: port.port, listening}}};
}
