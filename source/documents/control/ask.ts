import {readBody, type BodyReading, type Fields, type Suggest} from './body.ts';

/** The body of a POST; each is optional where it can be told: one target only, `for` without end. */
export interface AskBody {
  readonly target?: string;
  /** A duration, as in `30m`. */
  readonly for?: string;
  /** Of `preset`. */
  readonly name?: string;
  /** Of `maintain`: `archive` is all there is. */
  readonly do?: string;
  /** Of `restart`: false answers when it has begun; true (the default) when its outcome is known. */
  readonly wait?: boolean;
}

/** What each question may say. */
const QUESTIONS = {
  restart: {target: 'string', wait: 'boolean'},
  pause: {target: 'string', for: 'string'},
  resume: {target: 'string'},
  preset: {name: 'string', target: 'string'},
  maintain: {do: 'string'},
} as const satisfies Readonly<Record<string, Fields>>;

export type Question = keyof typeof QUESTIONS;

export function readAsk(what: Question, text: string, suggest: Suggest): BodyReading<AskBody> {
  return readBody<Fields>(text, QUESTIONS[what], suggest);
}
