import {joined, message} from '../../source/core/text/message.ts';
import {render} from '../../source/core/text/say.ts';
import * as why from '../../source/core/why.ts';

/** The reason as people read it. */
export function whyLine(...given: Parameters<typeof why.whyLine>): string {
  return render(why.whyLine(...given));
}

export function whyStory(...given: Parameters<typeof why.whyStory>): readonly string[] {
  return why.whyStory(...given).map(({label, text}) => render(joined([label, text], message`: `)));
}
