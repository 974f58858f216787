import {displayWidth, wrap} from '../format/width.ts';

export interface HelpLayout {
  displayWidth(text: string): number;
  boxWrap(text: string, width: number): string;
}

/** For commander, which takes every character for one column and breaks lines at spaces alone: Chinese has wide characters and no spaces. */
export const helpLayout: HelpLayout = {
  displayWidth,
  boxWrap: (text, width) =>
    text
      .split('\n')
      .flatMap(line => wrap(line, width))
      .join('\n'),
};
