import type {State} from '../../core/model/state.ts';
import type {TargetState} from '../../core/model/target.ts';
import type {Choices, PanelName} from '../state/ui-state.ts';
import type {Act} from './act.ts';
import type {DemoFault} from './demo-fault.ts';

/** What a key depends on: what it does, and the words for it. */
export interface KeyContext {
  /** All targets, in the order of the config. */
  readonly targets: readonly TargetState[];
  /** The selected one as it is now. */
  readonly target: TargetState;
  readonly presets: State['presets'];
  readonly choices: Choices;
  /** The panels that keys can move in, as the screen is laid out. */
  readonly panels: readonly PanelName[];
  readonly themes: readonly string[];
  readonly faults: readonly DemoFault[];
  /** Keys that change something at the monitor are refused. */
  readonly readOnly: boolean;
  /** The monitor of another process is gone. */
  readonly lost: boolean;
  /** What becomes of healing after `q`, in the present tense: `stops watching web; nothing heals it then`. */
  quitMessage(): string;
  /** What becomes of the loop when the terminal goes away. */
  hangupMessage(): string | undefined;
  /** Whether the loop can go to the background; or why not. */
  readonly background: boolean | string;
  /** How far the open page can be scrolled; Infinity until it is drawn. */
  readonly maxScroll: number;
}

/** One thing that keys do: key bar, help and dispatch all read this. `S` is the state of its screen. */
export interface Binding<S extends object = object> {
  readonly keys: readonly string[];
  /** As it is written on the screen. */
  readonly shown: string;
  /** The word in the key bar. */
  label(context: KeyContext): string;
  /** What it does, for the help page; nothing where that does not list it. */
  help?(context: KeyContext): string | undefined;
  /** Bindings of one group share a line of the help page, where `help` names each. */
  readonly group?: string;
  /** The key bar leaves out the lightest first, and 0 always. */
  readonly weight: number | ((context: KeyContext) => number);
  /** Its place in key bar and help, where bindings of several files stand together; the lowest comes first. */
  readonly order?: number;
  when?(context: KeyContext): boolean;
  /** It changes something at the monitor. */
  readonly acts?: boolean;
  /** Without it the key does only what the `reduce` of its screen says. */
  press?(context: KeyContext, key: string, state: S): readonly Act[];
}
