import type {Text} from '../../core/model/text.ts';
import {isRecord, parseJson} from '../../format/json.ts';
import {shaped, type Reading} from '../reading.ts';
import {anything, boolean, list, objectOf, optional, string} from '../shape.ts';
import {stated, statedText} from '../stated-text.ts';

/** The answer to a POST, refused or not: `text` is one line for people. */
export interface Answer {
  readonly ok: boolean;
  readonly text: Text;
  /** The concerned targets, as in the present status document. */
  readonly targets?: readonly unknown[];
}

/** The same as JSON; one of an older agent2 has the `message` alone. */
interface AnswerDocument extends Omit<Answer, 'text'> {
  readonly message: string;
}

const shape = objectOf<AnswerDocument>({
  ok: boolean,
  message: string,
  targets: optional(list(anything)),
});

/** As many targets as there may be are named in it. */
const MOST = 4_000;

export function answerText({ok, text, targets}: Answer): string {
  return `${JSON.stringify({ok, ...stated('message', text), targets})}\n`;
}

export function readAnswer(json: string): Reading<Answer> {
  const document = parseJson(json);
  const read = shaped(document, shape);
  if (read.kind !== 'read') return read;
  const {ok, message, targets} = read.value;
  const text = (isRecord(document) && statedText(document, 'message', MOST)) || message;
  return {kind: 'read', value: {ok, text, ...(targets === undefined ? {} : {targets})}};
}
