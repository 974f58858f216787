import {parseJson} from '../../format/json.ts';
import {shaped, type Reading} from '../reading.ts';
import {anything, boolean, list, objectOf, optional, string} from '../shape.ts';

/** What a POST is answered with, also when refused: `message` is one line for people and says what happened. */
export interface Answer {
  readonly ok: boolean;
  readonly message: string;
  /** The targets it concerned, as the status document shows them now. */
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
