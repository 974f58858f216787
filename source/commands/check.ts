import {homedir} from 'node:os';
import {setTimeout as pause} from 'node:timers/promises';
import {isPresetName, presets} from '../config/presets.ts';
import type {TargetSpec} from '../config/spec.ts';
import {targetFrom, type TargetOptions} from '../config/target-options.ts';
import {EXIT, UsageError, type CommandDefinition} from '../contracts/command.ts';
import {diagnose, type Cause} from '../core/diagnosis.ts';
import {slowOf, type Metric, type Observation} from '../core/observation.ts';
import {RETRY_PAUSE_MS, type Policy} from '../core/policy.ts';
import {formatPerfdata} from '../format/perfdata.ts';
import {check} from '../runtime/check.ts';
import {addProbeOptions, parse, parser} from './shared/options.ts';
import {createProbes} from './shared/probes.ts';

/** Exit codes of the Nagios plug-in interface. */
const NAGIOS = {ok: 0, warn: 1, down: 2, unknown: 3} as const;

export const definition: CommandDefinition = {
  usage: 'check [url] [options]',
  summary: 'one check with diagnosis; exit code 0 ok, 1 warn, 2 down, 3 unknown',
  async run(argv) {
    if (argv.includes('--')) throw new UsageError('check looks once and starts nothing: leave -- and what follows away, e.g. agent2 check http://127.0.0.1:3000/');
    const command = addProbeOptions(parser('check', definition.summary).usage('[url] [options]')).option('--json', 'the result as one JSON object');
    const parsed = parse<TargetOptions & {readonly json?: boolean}>(command, argv, 1);
    if (parsed.kind === 'help') {
      process.stdout.write(parsed.text);
      return EXIT.done;
    }
    const {options, words} = parsed;
    const target = targetFrom(words[0], options, undefined, homedir());
    const policy = {...presets[isPresetName(target.preset) ? target.preset : 'test'], ...target.overrides};
    const startedAt = performance.now();
    const observation = await checkWithRetries(target, policy);
    const result = resultOf(observation, target.name, target.local, performance.now() - startedAt);
    process.stdout.write(options.json ? `${JSON.stringify(result.document)}\n` : `${result.line}\n`);
    return NAGIOS[result.document.health_status];
  },
};

/** A single failure may be a blip: the preset, or `--retries`, says how often to ask again. */
async function checkWithRetries(target: TargetSpec, {timeoutMs, slowMs, retries}: Policy): Promise<Observation> {
  const probes = await createProbes(target, undefined);
  for (let tries = 0; ; tries++) {
    const observation = await check(probes, {signal: new AbortController().signal, timeoutMs, slowMs});
    if (observation.kind === 'ok' || tries >= retries) return observation;
    await pause(RETRY_PAUSE_MS);
  }
}

function resultOf(observation: Observation, name: string, local: boolean, elapsedMs: number) {
  const health = observation.kind === 'ok' ? (observation.warnings ? 'warn' : 'ok') : observation.kind === 'failed' ? 'down' : 'unknown';
  const faults = observation.kind === 'failed' ? observation.faults : observation.kind === 'ok' ? (observation.warnings ?? []) : [];
  const cause = causeOf(observation, local);
  const latencyMs = observation.kind === 'inconclusive' ? undefined : observation.latencyMs;
  const said = observation.kind === 'inconclusive' ? observation.reason : faults.length > 0 ? `${cause === null ? '' : `${cause}: `}${faults.map(fault => fault.text).join('; ')}` : saidOk(observation);
  const word = {ok: 'OK', warn: 'WARNING', down: 'CRITICAL', unknown: 'UNKNOWN'}[health];
  const perfdata = perfdataOf(observation);
  return {
    line: `AGENT2 ${word} - ${name}: ${said}${perfdata === '' ? '' : ` | ${perfdata}`}`,
    document: {
      target: name,
      health_status: health,
      cause,
      faults: faults.map(({kind, probe, text}) => ({kind, probe, text})),
      response_time: latencyMs === undefined ? null : latencyMs / 1000,
      took: Math.round(elapsedMs) / 1000,
      readings: observation.kind === 'inconclusive' ? {} : observation.readings,
      ...(observation.kind === 'ok' && observation.notes ? {notes: observation.notes} : {}),
      ...(observation.kind === 'inconclusive' ? {reason: observation.reason} : {}),
    },
  } as const;
}

/** A warning has no cause but one: that it is slow. */
function causeOf(observation: Observation, local: boolean): Cause | null {
  if (observation.kind === 'failed') return diagnose(observation.faults, local);
  return slowOf(observation) ? 'slow' : null;
}

function perfdataOf(observation: Observation): string {
  if (observation.kind === 'inconclusive') return '';
  const {latencyMs, readings} = observation;
  const time = latencyMs === undefined ? [] : [`time=${(latencyMs / 1000).toFixed(6)}s`];
  const extra = Object.entries(readings.checks ?? {}).flatMap(([check, {metrics}]) => metrics.map((metric): Metric => ({...metric, name: `${check} ${metric.name}`})));
  return [...time, ...extra.map(formatPerfdata)].join(' ');
}

function saidOk(observation: Observation): string {
  if (observation.kind !== 'ok') return '';
  const {api, process, port, checks} = observation.readings;
  return [
    api?.status === undefined ? undefined : `status ${api.status} in ${api.totalMs?.toFixed(1)} ms`,
    process && 'identity' in process ? `process ${process.identity.pid} ${process.state}` : undefined,
    port?.listening ? `port ${port.port} listening` : undefined,
    ...Object.entries(checks ?? {}).map(([name, {text}]) => `${name}: ${text}`),
    ...(observation.notes ?? []),
  ]
    .filter(part => part !== undefined)
    .join(', ');
}
