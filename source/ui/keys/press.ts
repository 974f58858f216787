import {pop, push, replace, topOf, withTopState, type Stack} from '../navigation.ts';
import {placeOf, screenNamed, stackOf, type Screens} from '../screens/open.ts';
import type {ScreenDefinition} from '../screens/screen.ts';
import type {UiState} from '../state/ui-state.ts';
import type {Act, Effect} from './act.ts';
import {refusal} from './acting.ts';
import type {Binding, KeyContext} from './binding.ts';
import {keysOn} from './key-table.ts';

/** The state of the screen after a key, and the effects outside of it. */
export interface Outcome {
  readonly ui: UiState;
  readonly effects: readonly Effect[];
}

/** The outcome of a key; a key without a binding on the top screen changes nothing. */
export function pressKey(
  key: string,
  before: UiState,
  context: KeyContext,
  screens: Screens,
): Outcome {
  if (before.busy && key !== REDRAW) return {ui: before, effects: []};
  const ui = before.note && key !== REDRAW ? {...before, note: undefined} : before;
  const stack = stackOf(ui.stack, screens, context);
  const {screen: name, state} = topOf(stack);
  const screen = screenNamed(screens, name);
  const binding = keysOn(screen, screens).find(
    ({keys, when}) => keys.includes(key) && (when?.(context) ?? true),
  );
  const note = binding?.acts ? refusal(context, binding.shown) : undefined;
  if (note) return {ui: {...ui, note}, effects: []};
  const next =
    binding && screen.keys.includes(binding) ? screen.reduce(state, key, context) : state;
  const acts = binding
    ? (binding.press?.(context, key, next) ?? [])
    : unclaimed(key, screen, next, context);
  const begun: Step = {ui, stack: withTopState(stack, next), effects: []};
  const end = acts.reduce((step, act) => afterAct(step, act, context, screens), begun);
  return {ui: end.stack === stack ? end.ui : {...end.ui, stack: end.stack}, effects: end.effects};
}

const REDRAW = 'ctrl+l';

/** The acts of a key without a binding: a character for a prompt, or a fault of the demo. */
function unclaimed(
  key: string,
  screen: ScreenDefinition,
  state: object,
  context: KeyContext,
): ReturnType<NonNullable<Binding['press']>> {
  if (screen.shows === 'prompt') return screen.typed(context, key, state);
  const fault = screen.key ? undefined : context.faults.find(each => each.key === key);
  return fault ? [{type: 'break', fault}] : [];
}

interface Step extends Outcome {
  readonly stack: Stack;
}

function afterAct(step: Step, act: Act, context: KeyContext, screens: Screens): Step {
  const {ui, stack, effects} = step;
  switch (act.type) {
    case 'open':
    case 'replace': {
      const place = placeOf(screenNamed(screens, act.screen), context, act.of);
      const go = act.type === 'open' ? push : replace;
      return place ? {...step, stack: go(stack, place)} : step;
    }
    case 'back':
      return {...step, stack: pop(stack)};
    case 'choose':
      return {...step, ui: {...ui, ...act.choices}};
    case 'note':
      return {...step, ui: {...ui, note: {text: act.text, whileLost: false}}};
    case 'theme':
      return {...step, ui: {...ui, theme: act.name}, effects: [...effects, act]};
    case 'request': {
      const note = refusal(context, act.key);
      return note ? {...step, ui: {...ui, note}} : {...step, effects: [...effects, act]};
    }
    case 'break':
    case 'quit':
    case 'repaint':
    case 'background':
      return {...step, effects: [...effects, act]};
  }
}
