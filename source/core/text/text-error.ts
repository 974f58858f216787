import type {Text} from '../model/text.ts';
import {render} from './say.ts';

/** An error for people. Whoever passes it on, and does not show it, passes on its text. */
export class TextError extends Error {
  readonly text: Text;

  constructor(text: Text) {
    super(render(text));
    this.text = text;
  }
}
