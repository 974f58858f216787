import type {Text} from '../core/model/text.ts';
import type {Monitor} from '../contracts/monitor.ts';
import type {Theme} from '../contracts/theme.ts';
import type {SizeSource} from './hooks/use-window-size.ts';
import type {DemoFault} from './keys/demo-fault.ts';
import type {ScreenDefinition} from './screens/screen.ts';
import type {UiStore} from './state/ui-store.ts';

/** What the app is given by whoever starts it. */
export interface AppProps {
  readonly monitor: Monitor;
  readonly ui: UiStore;
  readonly screen: SizeSource;
  readonly screens: readonly ScreenDefinition[];
  readonly themes: readonly Theme[];
  readonly ascii: boolean;
  readonly faults: readonly DemoFault[];
  /** What a restart of the target runs, for the question before it. */
  readonly actionOf: (target: string) => Text | undefined;
  /** What becomes of healing after `q`, in the present tense: `stops watching web; nothing heals it then`. */
  readonly quitMessage: string | (() => string);
  readonly hangupMessage?: () => string | undefined;
  /** Gives the loop to a monitor in the background; or the reason why it cannot. */
  readonly background?: (() => void) | string;
  /** Shows a monitor of another process, and changes nothing there. */
  readonly readOnly?: boolean;
  /** False when there is nobody to press a key. */
  readonly keysActive: boolean;
  readonly onTheme: (name: string) => void;
  readonly repaint: () => void;
  readonly quit: () => void;
}
