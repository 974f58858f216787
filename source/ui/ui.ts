import type {Text} from '../core/model/text.ts';
import type {Monitor} from '../contracts/monitor.ts';
import type {Theme} from '../contracts/theme.ts';
import type {DemoFault} from './keys/demo-fault.ts';
import type {Terminal} from './terminal/painter.ts';

export interface UiOptions {
  /** Already running; the screen only looks and asks. */
  readonly monitor: Monitor;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: Terminal;
  /** At least one. `t` goes through them in this order. */
  readonly themes: readonly Theme[];
  readonly themeName: string;
  onTheme(name: string): void;
  /** Only ASCII characters. */
  readonly ascii: boolean;
  readonly demo?: {readonly faults: readonly DemoFault[]};
  /** What a restart of a target runs, e.g. its command: shown in the question before it. */
  actionOf?(target: string): Text | undefined;
  /** What becomes of healing after `q`, for the help screen, in the present tense: `stops watching web; nothing heals it then`. */
  readonly quitMessage: string | (() => string);
  /** What happens to the loop when the terminal goes away, for the help page; left out where this screen does not decide it. */
  hangupMessage?(): string;
  /** Gives the loop to a monitor in the background, for the key `b`; or the reason why it cannot. Without it the loop is in the background already. */
  readonly background?: (() => void) | string;
  /** Keys that change something at the monitor do nothing, and say so. */
  readonly readOnly?: boolean;
  /** Shown until the first key. */
  readonly note?: string;
  /** The user quit; the terminal is restored already. */
  onQuit(): void;
}

export interface Ui {
  /** When nothing of the screen is left. `quit`: by a key or by `close`. `gone`: the terminal is no longer there. Rejects only when drawing threw, a bug. */
  readonly closed: Promise<'quit' | 'gone'>;
  /** Restores the terminal before it returns, so that an exit handler may call it. A second call does nothing. */
  close(): void;
  /** Takes the screen down without writing to the terminal, which is gone. After a `close` it does nothing. */
  abandon(): void;
  /** Shows a text until the next key. While `busy`, keys do nothing. */
  say(text: string, busy: boolean): void;
  /** Gives the terminal back for as long as the process is stopped (SIGTSTP). Does its work before it returns. */
  suspend(): void;
  /** Takes the terminal again and draws everything, whether it was suspended in order or not (SIGCONT). */
  resume(): void;
}
