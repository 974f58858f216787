import type {Text} from '../core/model/text.ts';
import type {Monitor} from '../contracts/monitor.ts';
import type {Theme} from '../contracts/theme.ts';
import type {DemoFault} from './keys/demo-fault.ts';
import type {Terminal} from './terminal/painter.ts';

export interface UiOptions {
  /** A running monitor; the screen reads its snapshots and sends commands. */
  readonly monitor: Monitor;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: Terminal;
  /** At least one. The key `t` switches between them in this order. */
  readonly themes: readonly Theme[];
  readonly themeName: string;
  onTheme(name: string): void;
  /** Only ASCII characters. */
  readonly ascii: boolean;
  readonly demo?: {readonly faults: readonly DemoFault[]};
  /** The action of a restart of the target, e.g. its command, shown in the question before it. */
  actionOf?(target: string): Text | undefined;
  /** What `q` does to healing, for the help screen, in the present tense: `stops watching web; nothing heals it then`. */
  readonly quitMessage: string | (() => string);
  /** What the loop does when the terminal goes away, for the help page; missing if this screen does not decide it. */
  hangupMessage?(): string;
  /**
   * Hands the loop over to a monitor in the background, for the key `b`; or the reason why it cannot. Undefined when the loop already runs
   * in the background.
   */
  readonly background?: (() => void) | string;
  /** Refuses keys that change something at the monitor. */
  readonly readOnly?: boolean;
  /** Shown until the first key. */
  readonly note?: string;
  /** Called after the user quit and the terminal is restored. */
  onQuit(): void;
}

export interface Ui {
  /**
   * Resolves when the screen has ended. `quit`: by a key or by `close`. `gone`: the terminal is no longer there. Rejects only when drawing
   * threw, which is a bug.
   */
  readonly closed: Promise<'quit' | 'gone'>;
  /** Restores the terminal before it returns, so that an exit handler may call it. A second call does nothing. */
  close(): void;
  /** Ends the screen without writing to the terminal, which is gone. Does nothing after `close`. */
  abandon(): void;
  /** Shows a text until the next key. While `busy`, keys do nothing. */
  say(text: string, busy: boolean): void;
  /** Restores the terminal, before it returns, for as long as the process is suspended (SIGTSTP). */
  suspend(): void;
  /** Takes the terminal again and draws everything (SIGCONT), even without a `suspend` before. */
  resume(): void;
}
