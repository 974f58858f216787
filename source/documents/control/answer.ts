import type {Text} from '../../core/model/text.ts';
import {isRecord, parseJson} from '../../format/json.ts';
import {shaped, type Reading} from '../reading.ts';
import {anything, boolean, list, objectOf, optional, string} from '../shape.ts';
import {stated, statedText} from '../stated-text.ts';

/** The answer to a POST, refused or not: `text` is one line for people. */
export interface Answer {
  readonly ok: boolean;
  readonly text: Text;
  /** The targets of the request, as in the present status document. */
  readonly targets?: readonly unknown[];
}

/** An answer as JSON. `message` is the rendered text; an older agent2 sends no data beside it. */
interface AnswerDocument extends Omit<Answer, 'text'> {
  readonly message: string;
}

const shape = objectOf<AnswerDocument>({
  ok: boolean,
  message: string,
  targets: optional(list(anything)),
});

/** The text may name all targets. */
const LONGEST_TEXT = 4_000;

export function answerText({ok, text, targets}: Answer): string {
  return `${JSON.stringify({ok, ...stated('message', text), targets})}\n`;
}

export function readAnswer(json: string): Reading<Answer> {
  const document = parseJson(json);
  const read = shaped(document, shape);
  if (read.kind !== 'read') return read;
  const {ok, message, targets} = read.value;
  const text = (isRecord(document) && statedText(document, 'message', LONGEST_TEXT)) || message;
  return {kind: 'read', value: {ok, text, ...(targets === undefined ? {} : {targets})}};
}
