import type {z as Zod, ZodType} from 'zod';
import type {Level} from '../core/model/target.ts';
import {message} from '../core/text/message.ts';
import {formatBytes, parseBytes} from '../format/bytes.ts';
import {formats, levels, type LogFormat} from '../documents/log-line.ts';
import {leaf} from './leaves.ts';
import {wholeNumber} from './options/values.ts';
import {say} from '../core/text/say.ts';

/** The settings of the log; missing ones are as in `logDefaults`. */
export interface LogEntry {
  readonly level?: Level;
  readonly format?: LogFormat;
  /** Bytes; a larger log begins a new file. */
  readonly maxSize?: number;
  /** The number of kept old files. */
  readonly keep?: number;
}

export type LogSettings = Required<LogEntry>;

export const logDefaults: LogSettings = {
  level: 'info',
  format: 'text',
  maxSize: 10_485_760,
  keep: 5,
};

const LEAST_BYTES = 1_024;
const MOST_BYTES = 1_099_511_627_776;

/** `log` of the config file. */
export function logSchema(z: typeof Zod): ZodType<LogEntry> {
  return z
    .strictObject({
      level: z
        .enum(levels)
        .optional()
        .meta({
          description: say`The lowest level that is logged; debug has a line for every check`,
        }),
      format: z
        .enum(formats)
        .optional()
        .meta({description: say`text, or json for one object a line`}),
      maxSize: size(z).optional(),
      keep: leaf(
        z,
        say`How many old files are kept`,
        wholeNumber(1, 100, String(logDefaults.keep)),
      ).optional(),
    })
    .meta({description: say`The log of agent2 itself`});
}

function size(z: typeof Zod): ZodType<number> {
  const expected = () =>
    message`allowed: ${formatBytes(LEAST_BYTES)} to ${formatBytes(MOST_BYTES)}, written as 500KiB, 10MiB or a number of bytes`;
  const json = {
    type: ['string', 'number'],
    pattern: '^\\s*\\d+(\\.\\d+)?\\s*([A-Za-z]+)?\\s*$',
    minimum: LEAST_BYTES,
  };
  const parse = (text: string) => {
    const bytes = parseBytes(text);
    return bytes !== undefined && bytes >= LEAST_BYTES && bytes <= MOST_BYTES ? bytes : undefined;
  };
  return leaf(z, say`At this size agent2.log becomes agent2.log.1 and a new one begins`, {
    expected,
    example: '10MiB',
    json,
    parse,
  });
}
