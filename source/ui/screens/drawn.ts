import {fits, type Kind} from '../layout.ts';
import type {Place, Stack} from '../navigation.ts';
import type {Size} from '../terminal/painter.ts';
import {screenNamed, type Screens} from './open.ts';
import type {ScreenDefinition} from './screen.ts';

/** An open screen with its definition. */
export interface OpenScreen {
  readonly screen: ScreenDefinition;
  readonly place: Place;
}

export interface Drawn {
  readonly body: OpenScreen;
  /** Drawn over the body and all around it. */
  readonly over?: OpenScreen;
  /** The prompt whose text is typed into the body. */
  readonly prompt?: string;
}

/** What of the open screens is drawn: the one on top that there is room for, and the page beneath where that stays in sight. */
export function drawnOf(stack: Stack, screens: Screens, size: Size, kind: Kind): Drawn {
  const opened = (place: Place) => ({place, screen: screenNamed(screens, place.screen)});
  const first = opened(stack[0]);
  const fitting = stack.map(opened).filter(({screen}) => fits(size, screen.smallest));
  const top = fitting.at(-1) ?? first;
  const page = fitting.findLast(({screen}) => screen.shows === 'page') ?? first;
  switch (top.screen.shows) {
    case 'page':
      return {body: top};
    case 'dialog':
      return kind === 'panels' ? {body: page, over: top} : {body: top};
    case 'prompt':
      return kind === 'status' ? {body: top} : {body: page, prompt: top.screen.name};
  }
}
