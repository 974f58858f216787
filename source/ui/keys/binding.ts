import type {State} from '../../core/model/state.ts';
import type {TargetState} from '../../core/model/target.ts';
import type {Choices, PanelName} from '../state/ui-state.ts';
import type {Act} from './act.ts';
import type {DemoFault} from './demo-fault.ts';

/** The facts on which the effect of a key and its label depend. */
export interface KeyContext {
  /** All targets, in the order of the config. */
  readonly targets: readonly TargetState[];
  /** The selected target. */
  readonly target: TargetState;
  readonly presets: State['presets'];
  readonly choices: Choices;
  /** The panels of the present layout in which keys can move. */
  readonly panels: readonly PanelName[];
  readonly themes: readonly string[];
  readonly faults: readonly DemoFault[];
  /** Refuses keys that change something at the monitor. */
  readonly readOnly: boolean;
  /** The monitor of another process is gone. */
  readonly lost: boolean;
  /** What `q` does to healing, in the present tense: `stops watching web; nothing heals it then`. */
  quitMessage(): string;
  /** What the loop does when the terminal goes away. */
  hangupMessage(): string | undefined;
  /** Whether the loop can go to the background; a text says why not. */
  readonly background: boolean | string;
  /** The number of lines that the open page can scroll; Infinity until it is drawn. */
  readonly maxScroll: number;
}

/** A function of the screen and its keys, read by key bar, help and dispatch. `S` is the state of its screen. */
export interface Binding<S extends object = object> {
  readonly keys: readonly string[];
  /** The key as the screen shows it: `j k`. */
  readonly shown: string;
  /** The word in the key bar. */
  label(context: KeyContext): string;
  /** Its effect, for the help page, which lists it only with such a text. */
  help?(context: KeyContext): string | undefined;
  /** Bindings of one group share a line of the help page; `help` names each. */
  readonly group?: string;
  /** A narrow key bar drops the lightest first, and always those of weight 0. */
  readonly weight: number | ((context: KeyContext) => number);
  /** Its place among the bindings of all files in key bar and help; the lowest comes first. */
  readonly order?: number;
  when?(context: KeyContext): boolean;
  /** Whether it changes something at the monitor. */
  readonly acts?: boolean;
  /** The acts of the key. Without it the key only changes the state of its screen, by `reduce`. */
  press?(context: KeyContext, key: string, state: S): readonly Act[];
}
