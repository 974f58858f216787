import type {ProbeDefinition} from '../contracts/probe.ts';
import {say} from '../core/text/say.ts';
import {formatBytes, parseBytes} from '../format/bytes.ts';
import {readDiskFacts} from '../io/files/file-facts.ts';
import {checkResult, unknownResult} from './shared/check-result.ts';
import {absolutePath, percent, shortOrLong, word} from './shared/fields.ts';
import {message} from '../core/text/message.ts';

/** The least free space. */
type Free = {readonly percent: number} | {readonly bytes: number};

export interface DiskOptions {
  readonly path: string;
  readonly free: Free;
}

export const definition: ProbeDefinition<DiskOptions> = {
  get summary() {
    return say`check the free space of a disk`;
  },
  options(z) {
    const path = absolutePath(z, say`Any path on the disk`, '/var');
    const free = word(
      z,
      {
        allowed: message`a percentage or a size, written as 10% or 1GiB`,
        example: '10%',
        about: say`The least free space, as a share or a size; 10% by default`,
      },
      freeOf,
    );
    return shortOrLong(z, {
      short: path,
      expand: given => ({path: given}),
      long: z.strictObject({path, free: free.default({percent: 10})}),
      allowed: message`an absolute path, or an object with one`,
      example: '{path: /var, free: 10%}',
    });
  },
  examples: ['/', {path: '/srv', free: '20GiB'}],
  refuses: [{given: {path: '/', free: '110%'}, says: 'expected a percentage or a size'}],
  create: ({path, free}, {name}) => ({
    kind: name,
    async inspect({signal, timeoutMs}) {
      const facts = await readDiskFacts(path, {timeoutMs, signal});
      if (facts.kind === 'unknown') return unknownResult(name, 'disk', facts.text);
      if (facts.kind === 'missing')
        return unknownResult(name, 'disk', message`${path} does not exist, so its disk is unknown`);
      const {totalBytes, usedBytes, freeBytes} = facts;
      // A file system of no size (/proc, an empty mount) is never full.
      const freePercent = totalBytes === 0 ? 100 : (freeBytes / totalBytes) * 100;
      const low = 'percent' in free ? freePercent < free.percent : freeBytes < free.bytes;
      const left = message`${formatBytes(freeBytes)} of ${formatBytes(totalBytes)} free (${shown(freePercent)}%)`;
      const wanted = 'percent' in free ? `${free.percent}%` : formatBytes(free.bytes);
      return checkResult(name, {
        kind: 'disk',
        text: left,
        metrics: [
          {name: 'free', value: Number(shown(freePercent)), unit: '%'},
          {name: 'used', value: usedBytes, unit: 'B'},
        ],
        faults: low
          ? [
              {
                probe: name,
                kind: 'disk_low',
                text: message`${left} on ${path}, expected at least ${wanted}`,
              },
            ]
          : [],
      });
    },
  }),
};

function freeOf(given: string): Free | undefined {
  const share = percent(given);
  if (share !== undefined) return share <= 100 ? {percent: share} : undefined;
  const bytes = parseBytes(given);
  return bytes === undefined ? undefined : {bytes};
}

function shown(value: number): string {
  return String(Math.floor(value * 10) / 10);
}
