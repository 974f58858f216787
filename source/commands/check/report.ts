import {diagnose} from '../../core/check/diagnosis.ts';
import {type Cause} from '../../core/model/cause.ts';
import {type Metric, type Observation} from '../../core/model/observation.ts';
import {isConcerning} from '../../core/faults.ts';
import {slowOf} from '../../core/check/combine.ts';
import {processStateName} from '../../core/text/names.ts';
import {render, renderAll, say, sayOf} from '../../core/text/say.ts';
import {NAGIOS_WORDS} from '../../format/nagios.ts';
import {formatPerfdata, perfdataLabel} from '../../documents/perfdata.ts';

interface About {
  readonly name: string;
  readonly local: boolean;
  readonly elapsedMs: number;
}

/** The result of one check as one line of a Nagios plug-in with its perfdata, and as a JSON document. */
export function checkReport(observation: Observation, {name, local, elapsedMs}: About) {
  const health =
    observation.kind === 'ok'
      ? isConcerning(observation.warnings ?? [])
        ? 'warn'
        : 'ok'
      : observation.kind === 'failed'
        ? 'down'
        : 'unknown';
  const faults =
    observation.kind === 'failed'
      ? observation.faults
      : observation.kind === 'ok'
        ? (observation.warnings ?? [])
        : [];
  const cause = causeOf(observation, local);
  const latencyMs = observation.kind === 'inconclusive' ? undefined : observation.latencyMs;
  const said =
    observation.kind === 'inconclusive'
      ? observation.reason
      : faults.length > 0
        ? [
            ...(cause === null ? [] : [cause]),
            faults.map(fault => render(fault.text)).join(say`; `),
          ].join(say`: `)
        : saidOk(observation);
  return {
    // In this format a bar begins the performance data.
    line: `AGENT2 ${NAGIOS_WORDS[health]} - ${name}: ${render(said).replaceAll('|', '/')}`,
    perfdata: (prefix: string) => perfdataOf(observation, prefix),
    document: {
      target: name,
      health_status: health,
      cause,
      faults: faults.map(({kind, probe, text}) => ({kind, probe, text: render(text)})),
      response_time: latencyMs === undefined ? null : latencyMs / 1000,
      took: Math.round(elapsedMs) / 1000,
      readings: observation.kind === 'inconclusive' ? {} : renderAll(observation.readings),
      ...(observation.kind === 'ok' && observation.notes
        ? {notes: observation.notes.map(note => render(note))}
        : {}),
      ...(observation.kind === 'inconclusive' ? {reason: render(observation.reason)} : {}),
    },
  } as const;
}

/** The only warning with a cause is a slow answer. */
function causeOf(observation: Observation, local: boolean): Cause | null {
  if (observation.kind === 'failed') return diagnose(observation.faults, {local, proven: false});
  return slowOf(observation) ? 'slow' : null;
}

/** `prefix` begins each label. */
function perfdataOf(observation: Observation, prefix: string): string {
  if (observation.kind === 'inconclusive') return '';
  const {latencyMs, readings} = observation;
  const label = (name: string) => perfdataLabel(`${prefix}${name}`);
  const time =
    latencyMs === undefined ? [] : [`${label('time')}=${(latencyMs / 1000).toFixed(6)}s`];
  const extra = Object.entries(readings.checks ?? {}).flatMap(([check, {metrics}]) =>
    metrics.map((metric): Metric => ({...metric, name: `${prefix}${check} ${metric.name}`})),
  );
  return [...time, ...extra.map(formatPerfdata)].join(' ');
}

/**
 * The output of a Nagios plug-in for these reports: `TEXT | PERFDATA`, then lines of text. All perfdata stand behind the one bar of the first
 * line. A label is unique, so with several targets it begins with the name of its target.
 */
export function pluginLines(
  reports: ReadonlyArray<
    Pick<ReturnType<typeof checkReport>, 'line' | 'perfdata'> & {
      readonly document: {readonly target: string};
    }
  >,
): readonly string[] {
  const perfdata = reports
    .map(({perfdata, document}) => perfdata(reports.length === 1 ? '' : `${document.target} `))
    .filter(text => text !== '')
    .join(' ');
  return reports.map(({line}, index) =>
    index === 0 && perfdata !== '' ? `${line} | ${perfdata}` : line,
  );
}

function saidOk(observation: Observation): string {
  if (observation.kind !== 'ok') return '';
  const {api, process, port, checks} = observation.readings;
  return [
    api?.status === undefined
      ? undefined
      : say`status ${api.status} in ${api.totalMs?.toFixed(1) ?? ''} ms`,
    process && 'identity' in process
      ? say`process ${process.identity.pid} ${processStateName(process.state)}`
      : undefined,
    port?.listening ? say`port ${port.port} listening` : undefined,
    ...Object.entries(checks ?? {}).map(([name, {text}]) => say`${name}: ${text}`),
    ...(observation.notes ?? []).map(note => render(note)),
  ]
    .filter(part => part !== undefined)
    .join(sayOf('clauses')`, `);
}
