import {readBody, type BodyReading, type Fields, type Suggest} from './body.ts';

/** The body of a POST; each field is optional where a default exists: the only target, `for` without end. */
export interface AskBody {
  readonly target?: string;
  /** A duration, as in `30m`. */
  readonly for?: string;
  /** Of `preset`. */
  readonly name?: string;
  /** Of `maintain`: only `archive`. */
  readonly do?: string;
  /** Of `restart`: false answers at its start; true (the default) at its outcome. */
  readonly wait?: boolean;
}

/** The possible fields of each request. */
const ASKS = {
  restart: {target: 'string', wait: 'boolean'},
  pause: {target: 'string', for: 'string'},
  resume: {target: 'string'},
  preset: {name: 'string', target: 'string'},
  maintain: {do: 'string'},
} as const satisfies Readonly<Record<string, Fields>>;

export type AskKind = keyof typeof ASKS;

export function readAsk(what: AskKind, text: string, suggest: Suggest): BodyReading<AskBody> {
  return readBody<Fields>(text, ASKS[what], suggest);
}
