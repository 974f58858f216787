import type {Text} from '../core/model/text.ts';
import type {ProbeDefinition} from '../contracts/probe.ts';
import type {Fault} from '../core/model/fault.ts';
import type {CheckReading, Metric} from '../core/model/observation.ts';
import {message, joined} from '../core/text/message.ts';
import {formatBytes} from '../format/bytes.ts';
import {readResources, type Resources} from '../io/process/resources.ts';
import {checkResult} from './shared/check-result.ts';
import {percent, size, word} from './shared/fields.ts';
import {say} from '../core/text/say.ts';

/** A higher value is a warning. */
export interface ProcessOptions {
  /** Percent of one core. */
  readonly cpu?: number;
  /** Bytes. */
  readonly rss?: number;
  readonly fds?: number;
}

/** The resources of the target's own process, without its children. A crossed limit is a warning, never a reason to restart. */
export const definition: ProbeDefinition<ProcessOptions> = {
  get summary() {
    return say`check what the target's process uses: CPU, memory, open files`;
  },
  options: z =>
    z.strictObject({
      cpu: word(
        z,
        {
          allowed: message`a percentage of one core`,
          example: '80%',
          about: say`Warns above this use of the CPU since the previous check, in percent of one core`,
        },
        percent,
      ).optional(),
      rss: size(z, say`Warns above this much memory (RSS)`, '512MiB').optional(),
      fds: word(
        z,
        {
          allowed: message`a whole number`,
          example: '900',
          about: say`Warns above this number of open files`,
        },
        given => (/^\d{1,9}$/.test(given) ? Number(given) : undefined),
      ).optional(),
    }),
  examples: [{}, {cpu: '80%', rss: '512MiB', fds: 900}],
  refuses: [{given: {cpu: 80}, says: 'expected a percentage of one core'}],
  create(limits, {name, process}) {
    let before: {readonly key: string; readonly cpuMs: number; readonly at: number} | undefined;
    const unseen = (text: Text) => ({
      readings: {
        checks: {
          [name]: {kind: 'process', state: 'unknown', text, metrics: []} satisfies CheckReading,
        },
      },
      faults: [],
    });
    return {
      kind: name,
      async inspect() {
        const identity = process();
        const used = identity && (await readResources(identity));
        // The process probe itself reports that the process is gone.
        if (!identity || !used)
          return unseen(
            identity ? message`the process is gone` : message`the process is not known yet`,
          );
        const at = performance.now();
        const key = `${identity.pid} ${identity.startKey}`;
        const cpu =
          before?.key === key && at > before.at
            ? ((used.cpuMs - before.cpuMs) / (at - before.at)) * 100
            : undefined;
        before = {key, cpuMs: used.cpuMs, at};
        return resultOf(name, {used, cpu, limits});
      },
    };
  },
};

interface Usage {
  readonly used: Resources;
  /** Undefined at the first check: it is the use since the previous one. */
  readonly cpu: number | undefined;
  readonly limits: ProcessOptions;
}

function resultOf(name: string, {used: {rssBytes, fds}, cpu, limits}: Usage) {
  const measured: ReadonlyArray<
    Metric & {readonly shown: Text; readonly limit?: number; readonly shownLimit?: string}
  > = [
    ...(cpu === undefined
      ? []
      : [
          {
            name: 'cpu',
            value: Math.round(cpu * 10) / 10,
            unit: '%',
            shown: message`cpu ${Math.round(cpu)}%`,
            limit: limits.cpu,
            shownLimit: `${limits.cpu}%`,
          } as const,
        ]),
    {
      name: 'rss',
      value: rssBytes,
      unit: 'B',
      shown: message`rss ${formatBytes(rssBytes)}`,
      limit: limits.rss,
      shownLimit: formatBytes(limits.rss ?? 0),
    },
    ...(fds === undefined
      ? []
      : [
          {
            name: 'fds',
            value: fds,
            unit: '',
            shown: message`${fds} fds`,
            limit: limits.fds,
            shownLimit: String(limits.fds),
          } as const,
        ]),
  ];
  const warnings: Fault[] = measured.flatMap(({name: metric, value, limit, shown, shownLimit}) =>
    limit !== undefined && value > limit
      ? [
          {
            probe: name,
            kind: 'resource_high' as const,
            metric,
            value,
            limit,
            text: message`${shown}, limit is ${shownLimit ?? ''}`,
          },
        ]
      : [],
  );
  if (limits.fds !== undefined && fds === undefined)
    warnings.push({
      probe: name,
      kind: 'check_unknown',
      text: message`cannot count open files: the process belongs to another user, or there is no /proc`,
    });
  return checkResult(name, {
    kind: 'process',
    text: joined(
      measured.map(({shown}) => shown),
      message`, `,
    ),
    metrics: measured.map(({name, value, unit}) => ({name, value, unit})),
    warnings,
  });
}
