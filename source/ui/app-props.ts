import type {Text} from '../core/model/text.ts';
import type {Monitor} from '../contracts/monitor.ts';
import type {Theme} from '../contracts/theme.ts';
import type {SizeSource} from './hooks/use-window-size.ts';
import type {DemoFault} from './keys/demo-fault.ts';
import type {ScreenDefinition} from './screens/screen.ts';
import type {UiStore} from './state/ui-store.ts';

/** The app's input: `UiOptions` and what `startUi` makes of the terminal. */
export interface AppProps {
  readonly monitor: Monitor;
  readonly ui: UiStore;
  readonly screen: SizeSource;
  readonly screens: readonly ScreenDefinition[];
  readonly themes: readonly Theme[];
  readonly ascii: boolean;
  readonly faults: readonly DemoFault[];
  /** The action of a restart of the target, shown in the question before it. */
  readonly actionOf: (target: string) => Text | undefined;
  /** What `q` does to healing, in the present tense: `stops watching web; nothing heals it then`. */
  readonly quitMessage: string | (() => string);
  readonly hangupMessage?: () => string | undefined;
  /** Hands the loop over to a monitor in the background; or the reason why it cannot. */
  readonly background?: (() => void) | string;
  /** Refuses keys that change something at the monitor. */
  readonly readOnly?: boolean;
  /** False without a keyboard, as in tests. */
  readonly keysActive: boolean;
  readonly onTheme: (name: string) => void;
  readonly repaint: () => void;
  readonly quit: () => void;
}
