/** An open screen with its state. */
export interface Place {
  readonly screen: string;
  /** The name of the target that it is about, if any. */
  readonly target?: string;
  readonly state: object;
}

/** The open screens, the top one last. The first screen is always open. */
export type Stack = readonly [Place, ...Place[]];

export function topOf(stack: Stack): Place {
  return stack.at(-1) ?? stack[0];
}

/** Opens a screen. Each is open at most once: opening it again closes the screens above it. */
export function push([first, ...others]: Stack, place: Place): Stack {
  if (place.screen === first.screen) return [place];
  const open = others.findIndex(({screen}) => screen === place.screen);
  return [first, ...(open < 0 ? others : others.slice(0, open)), place];
}

/** Closes the top screen, but never the first one. */
export function pop([first, ...others]: Stack): Stack {
  return [first, ...others.slice(0, -1)];
}

/** Replaces the top screen. */
export function replace(stack: Stack, place: Place): Stack {
  return push(pop(stack), place);
}

/** Gives the top screen its next state. */
export function withTopState(stack: Stack, state: object): Stack {
  const top = topOf(stack);
  if (top.state === state) return stack;
  const [first, ...others] = stack;
  const next = {...top, state};
  return top === first ? [next] : [first, ...others.slice(0, -1), next];
}

/** Closes screens about another target than the selected one, and all above them: their keys would act on the wrong target. */
export function closeOthers([first, ...others]: Stack, selected: string): Stack {
  const foreign = others.findIndex(({target}) => target !== undefined && target !== selected);
  return [first, ...(foreign < 0 ? others : others.slice(0, foreign))];
}
