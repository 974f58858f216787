/** A screen that is open, with its own state. */
export interface Place {
  readonly screen: string;
  /** The target it is about, where it is about one. */
  readonly target?: string;
  readonly state: object;
}

/** The open screens, the one on top last. There is always a first one. */
export type Stack = readonly [Place, ...Place[]];

export function topOf(stack: Stack): Place {
  return stack.at(-1) ?? stack[0];
}

/** A screen is open at most once: opening it again returns to where it is. */
export function push([first, ...others]: Stack, place: Place): Stack {
  if (place.screen === first.screen) return [place];
  const open = others.findIndex(({screen}) => screen === place.screen);
  return [first, ...(open < 0 ? others : others.slice(0, open)), place];
}

/** The first screen stays. */
export function pop([first, ...others]: Stack): Stack {
  return [first, ...others.slice(0, -1)];
}

/** Another screen instead of the one on top. */
export function replace(stack: Stack, place: Place): Stack {
  return push(pop(stack), place);
}

/** The screen on top in its next state. */
export function withTopState(stack: Stack, state: object): Stack {
  const top = topOf(stack);
  if (top.state === state) return stack;
  const [first, ...others] = stack;
  const next = {...top, state};
  return top === first ? [next] : [first, ...others.slice(0, -1), next];
}

/** What is about another target than the selected one is closed, with all above it: its keys would act on the wrong target. */
export function closeOthers([first, ...others]: Stack, selected: string): Stack {
  const foreign = others.findIndex(({target}) => target !== undefined && target !== selected);
  return [first, ...(foreign < 0 ? others : others.slice(0, foreign))];
}
