import {joined, message} from '../../source/core/text/message.ts';
import {render} from '../../source/core/text/say.ts';
import * as why from '../../source/core/why.ts';
import * as story from '../../source/core/why-story.ts';

/** The reason as people read it. */
export function whyLine(...given: Parameters<typeof why.whyLine>): string {
  return render(why.whyLine(...given));
}

export function whyStory(...given: Parameters<typeof story.whyStory>): readonly string[] {
  return story
    .whyStory(...given)
    .map(({label, text}) => render(joined([label, text], message`: `)));
}
