import type {Text} from '../model/text.ts';
import {render} from './say.ts';

/** An error for people. Code that stores or sends it takes `text`, so that the reader gets it in their language. */
export class TextError extends Error {
  readonly text: Text;

  constructor(text: Text) {
    super(render(text));
    this.text = text;
  }
}
