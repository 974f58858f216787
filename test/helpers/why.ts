import {joined, message} from '../../source/core/text/message.ts';
import {render} from '../../source/core/text/say.ts';
import * as why from '../../source/core/why.ts';
import * as story from '../../source/core/why-details.ts';

/** The reason as people read it. */
export function whyLine(...given: Parameters<typeof why.whyLine>): string {
  return render(why.whyLine(...given));
}

export function whyDetails(...given: Parameters<typeof story.whyDetails>): readonly string[] {
  return story
    .whyDetails(...given)
    .map(({label, text}) => render(joined([label, text], message`: `)));
}
