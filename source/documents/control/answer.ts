import {parseJson} from '../../format/json.ts';
import {shaped, type Reading} from '../reading.ts';
import {anything, boolean, list, objectOf, optional, string} from '../shape.ts';

/** The answer to a POST, refused or not: `message` is one line for people. */
export interface Answer {
  readonly ok: boolean;
  readonly message: string;
  /** The concerned targets, as in the present status document. */
  readonly targets?: readonly unknown[];
}

const shape = objectOf<Answer>({
  ok: boolean,
  message: string,
  targets: optional(list(anything)),
});

export function answerText(answer: Answer): string {
  return `${JSON.stringify(answer)}\n`;
}

export function readAnswer(text: string): Reading<Answer> {
  return shaped(parseJson(text), shape);
}
