import {displayWidth, wrap} from '../../format/width.ts';

/** For commander, which takes every character for one column and breaks lines at spaces alone: Chinese has wide characters and no spaces. */
export const helpLayout = {
  displayWidth,
  boxWrap: (text: string, width: number) => text.split('\n').flatMap(line => wrap(line, width)).join('\n'),
};
