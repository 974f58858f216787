import type {Command} from '../../contracts/monitor.ts';
import {message} from '../../core/text/message.ts';
import {sanitize} from '../../format/sanitize.ts';
import {readBody, readFields, type BodyReading, type Fields, type Suggest} from './body.ts';

/** A `Command` of an attached screen, validated as far as possible without the state. */
export interface CommandBody {
  readonly type: Command['type'];
  readonly target?: string;
  readonly by?: string;
  readonly untilAt?: number;
  readonly on?: boolean;
  readonly name?: string;
}

/** The fields of each kind of command, besides `type` and `target`. */
const FIELDS: Readonly<Record<Command['type'], Fields>> = {
  'restart-requested': {by: 'string'},
  'paused': {untilAt: 'number'},
  'resumed': {},
  'observing': {on: 'boolean'},
  'preset': {name: 'string'},
};

const ANY = {
  type: 'string',
  target: 'string',
  by: 'string',
  untilAt: 'number',
  on: 'boolean',
  name: 'string',
} as const;

export function readCommand(text: string, suggest: Suggest): BodyReading<CommandBody> {
  const read = readBody(text, ANY, suggest);
  if (read.kind === 'wrong') return read;
  const {type = '', target, ...rest} = read.value;
  const types = Object.keys(FIELDS);
  if (!isCommandType(type))
    return {
      kind: 'wrong',
      message: message`there is no command '${sanitize(type, 40)}'; the commands are ${types.join(', ')}${suggest(type, types)}`,
    };
  const exact = readFields(rest, FIELDS[type], suggest);
  return exact.kind === 'wrong' ? exact : {kind: 'read', value: {type, target, ...rest}};
}

function isCommandType(type: string): type is Command['type'] {
  return Object.hasOwn(FIELDS, type);
}
