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
  /** The dialog over the body, header and keys. */
  readonly over?: OpenScreen;
  /** The name of the prompt whose text the body shows. */
  readonly prompt?: string;
}

/** The open screens to draw: the top one that fits, and the page below a dialog or a prompt. */
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
