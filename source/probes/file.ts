import type {Text} from '../core/model/text.ts';
import type {ProbeDefinition} from '../contracts/probe.ts';
import type {Failure} from '../core/model/fault.ts';
import {say} from '../core/text/say.ts';
import {formatBytes} from '../format/bytes.ts';
import {formatDuration} from '../format/duration.ts';
import {readFileFacts} from '../io/files/file-facts.ts';
import {checkResult, unknownResult} from './shared/check-result.ts';
import {absolutePath, duration, flag, shortOrLong, size} from './shared/fields.ts';
import {message} from '../core/text/message.ts';
import {inIssue} from '../format/issue-text.ts';

export interface FileOptions {
  readonly path: string;
  /** The file must not exist. */
  readonly absent: boolean;
  readonly maxAgeMs?: number;
  readonly minBytes?: number;
  readonly maxBytes?: number;
}

const YEAR_MS = 366 * 86_400_000;

export const definition: ProbeDefinition<FileOptions> = {
  get summary() {
    return say`check a file: whether it exists, its age and its size`;
  },
  options(z) {
    const path = absolutePath(z, say`The file, or a directory`, '/var/backups/latest.tar');
    const long = z
      .strictObject({
        path,
        absent: flag(z, say`The file must not exist`).default(false),
        maxAge: duration(
          z,
          say`The longest time since it was last written`,
          '25h',
          YEAR_MS,
        ).optional(),
        minSize: size(z, say`The smallest good size`, '1KiB').optional(),
        maxSize: size(z, say`The largest good size`, '100MiB').optional(),
      })
      .refine(
        ({absent, maxAge, minSize, maxSize}) =>
          !absent || (maxAge ?? minSize ?? maxSize) === undefined,
        {
          error: inIssue(
            message`absent excludes maxAge, minSize and maxSize: an absent file has no age and no size; leave out one of them, e.g. {path: /srv/web/maintenance, absent: true}`,
          ),
        },
      )
      .transform(({maxAge, minSize, maxSize, ...rest}): FileOptions => ({
        ...rest,
        maxAgeMs: maxAge,
        minBytes: minSize,
        maxBytes: maxSize,
      }));
    return shortOrLong(z, {
      short: path,
      expand: given => ({path: given}),
      long,
      allowed: message`an absolute path, or an object with one`,
      example: '/var/backups/latest.tar',
    });
  },
  examples: [
    '/run/web/ready',
    {path: '/srv/web/maintenance', absent: true},
    {path: '/var/backups/web.tar', maxAge: '25h', minSize: '1MiB', maxSize: 5_000_000_000},
  ],
  refuses: [
    {given: 'ready', says: 'expected an absolute path'},
    {given: {path: '/x', absent: true, maxAge: '1h'}, says: 'absent excludes maxAge'},
  ],
  create: (options, {name}) => ({
    kind: name,
    async inspect({signal, timeoutMs}) {
      const {path, absent} = options;
      const facts = await readFileFacts(path, {timeoutMs, signal});
      const failed = (kind: 'file_missing' | 'file_present', text: Text) =>
        checkResult(name, {kind: 'file', text, faults: [{probe: name, kind, text}]});
      if (facts.kind === 'unknown') return unknownResult(name, 'file', facts.text);
      if (facts.kind === 'missing')
        return absent
          ? checkResult(name, {kind: 'file', text: message`absent`})
          : failed('file_missing', message`${path} is missing`);
      if (absent) return failed('file_present', message`${path} exists, but should not`);
      const {bytes, ageMs} = facts;
      return checkResult(name, {
        kind: 'file',
        text: message`${formatBytes(bytes)}, ${formatDuration(ageMs)} old`,
        metrics: [
          {name: 'age', value: Math.round(ageMs / 1000), unit: 's'},
          {name: 'size', value: bytes, unit: 'B'},
        ],
        faults: faultsOf(name, options, facts),
      });
    },
  }),
};

function faultsOf(
  probe: string,
  {path, maxAgeMs = Infinity, minBytes = 0, maxBytes = Infinity}: FileOptions,
  {bytes, ageMs}: {readonly bytes: number; readonly ageMs: number},
): readonly Failure[] {
  const faults: Failure[] = [];
  if (ageMs > maxAgeMs)
    faults.push({
      probe,
      kind: 'file_stale',
      text: message`${path} was last written ${formatDuration(ageMs)} ago, expected within ${formatDuration(maxAgeMs)}`,
    });
  if (bytes < minBytes)
    faults.push({
      probe,
      kind: 'file_size',
      text: message`${path} has ${formatBytes(bytes)}, expected at least ${formatBytes(minBytes)}`,
    });
  if (bytes > maxBytes)
    faults.push({
      probe,
      kind: 'file_size',
      text: message`${path} has ${formatBytes(bytes)}, expected at most ${formatBytes(maxBytes)}`,
    });
  return faults;
}
