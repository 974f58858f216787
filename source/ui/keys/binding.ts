import type {Monitor} from '../../contracts/monitor.ts';
import type {TargetState} from '../../core/model/state.ts';
import type {PanelName, UiStore} from '../state/ui-store.ts';

/** A fault that the demo can cause in its own service. */
export interface DemoFault {
  readonly key: string;
  readonly label: string;
  run(): void;
}

/** All that a key may touch. */
export interface KeyContext {
  readonly monitor: Monitor;
  /** The selected target as it is now. */
  readonly target: TargetState;
  /** Those that one can move in as the screen is laid out. */
  readonly panels: readonly PanelName[];
  readonly ui: UiStore;
  readonly themes: readonly string[];
  readonly faults: readonly DemoFault[];
  /** Keys that change something at the monitor only say that they do not. */
  readonly readOnly: boolean;
  /** What becomes of healing after `q`, in the present tense: `stops watching web; nothing heals it then`. */
  readonly quitMessage: string;
  hangupMessage?(): string | undefined;
  /** Gives the loop to a monitor in the background; or why that is not for this screen. */
  readonly background?: (() => void) | string;
  onTheme(name: string): void;
  repaint(): void;
  quit(): void;
  /** How far the open page can be scrolled; Infinity until it is drawn. */
  maxScroll(): number;
}

/** One thing that keys do: the key bar, the help screen and the dispatch all read this. */
export interface Binding {
  readonly keys: readonly string[];
  /** As it is written on the screen. */
  readonly shown: string;
  /** The word in the key bar. */
  label(context: KeyContext): string;
  /** What it does, for the help screen. */
  help?(context: KeyContext): string;
  /** Bindings of one group share a line of the help screen, where `help` names each. */
  readonly group?: string;
  /** The key bar leaves out the lightest first; 0 is in the help only. */
  readonly weight: number;
  when?(context: KeyContext): boolean;
  /** It changes something at the monitor. */
  readonly acts?: boolean;
  press(context: KeyContext, key: string): void;
}
