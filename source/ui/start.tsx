import {all as allScreens} from 'agent2:screens';
import {Box, render, type DOMElement} from 'ink';
import type {Monitor} from '../contracts/monitor.ts';
import type {Theme} from '../contracts/theme.ts';
import {App} from './app.tsx';
import type {DemoFault} from './keys/demo-fault.ts';
import {drawTree, rootOf} from './terminal/draw-tree.ts';
import {createPainter, type Painter, type Terminal} from './terminal/painter.ts';
import {createUiStore} from './state/ui-store.ts';
import {targetsOf} from '../core/targets.ts';

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
  actionOf?(target: string): string | undefined;
  /** What becomes of healing after `q`, for the help screen, in the present tense: `stops watching web; nothing heals it then`. */
  readonly quitMessage: string | (() => string);
  /** What becomes of the loop when the terminal goes away, for the help screen; without it that is not for this screen to say. */
  hangupMessage?(): string;
  /** Gives the loop to a monitor in the background, for the key `b`; or why that is not for this screen, which else shows one that is there already. */
  readonly background?: (() => void) | string;
  /** Keys that change something at the monitor do nothing, and say so. */
  readonly readOnly?: boolean;
  /** Said on the screen until the first key. */
  readonly note?: string;
  /** The user quit; the terminal is restored already. */
  onQuit(): void;
}

export interface Ui {
  /** When nothing of the screen is left. `quit`: by a key or by `close`. `gone`: the terminal is no longer there. Rejects only when drawing threw, a bug. */
  readonly closed: Promise<'quit' | 'gone'>;
  /** Restores the terminal before it returns, so that an exit handler may call it. Again: nothing. */
  close(): void;
  /** The terminal is known to be gone: takes the screen down without another word to it. After a `close`: nothing. */
  abandon(): void;
  /** Says something on the screen until the next key. While `busy`, keys do nothing. */
  say(text: string, busy: boolean): void;
  /** Gives the terminal back for as long as the process is stopped (SIGTSTP). Does its work before it returns. */
  suspend(): void;
  /** Takes the terminal again and draws everything, whether it was suspended in order or not (SIGCONT). */
  resume(): void;
}

/** Takes the terminal and shows the monitor on it until somebody quits. */
export function startUi(options: UiOptions): Ui {
  const {stdin, stdout, monitor, themes} = options;
  const ended = deferred<'quit' | 'gone'>();
  const painter = createPainter(stdout, () => end('gone'));
  let open = true;
  let unmount = (): void => undefined;

  const release = (): void => {
    painter.close();
    if (stdin.isTTY) stdin.setRawMode(false);
  };
  const end = (how: 'quit' | 'gone'): void => {
    if (!open) return;
    open = false;
    for (const event of LOST_EVENTS) stdin.off(event, gone);
    // Without its terminal stdin may still report errors; that it is gone is known by now.
    if (how === 'gone') stdin.on('error', () => undefined);
    if (how === 'gone') painter.abandon();
    else release();
    // A write may fail in the middle of a frame, where ink cannot be taken down.
    setImmediate(() => {
      unmount();
      ended.resolve(how);
    });
  };
  const gone = (): void => end('gone');
  const quit = (): void => {
    end('quit');
    options.onQuit();
  };

  const store = createUiStore(
    options.themeName,
    targetsOf(monitor.getSnapshot())[0]?.settings.name,
    options.note,
  );
  for (const event of LOST_EVENTS) stdin.on(event, gone);
  // Before the screen is cleared: a key that is echoed onto it afterwards stays in a cell that the painter believes to be blank. Ink does it when it has drawn.
  if (stdin.isTTY) stdin.setRawMode(true);
  painter.open();
  const app = render(
    <Box ref={node => void (node && takeOver(node, painter))} />,
    // In debug mode ink hands over every frame whole, also where `CI` is set; the painter sends what differs.
    {debug: true, stdout: painter.sink, stdin, exitOnCtrlC: false, patchConsole: false},
  );
  app.rerender(
    <App
      monitor={monitor}
      ui={store}
      screen={painter}
      screens={SCREENS}
      themes={themes}
      ascii={options.ascii}
      faults={options.demo?.faults ?? []}
      actionOf={target => options.actionOf?.(target)}
      quitMessage={options.quitMessage}
      hangupMessage={() => options.hangupMessage?.()}
      background={options.background}
      readOnly={options.readOnly ?? false}
      keysActive={stdin.isTTY === true}
      onTheme={name => options.onTheme(name)}
      repaint={() => painter.repaint()}
      quit={quit}
    />,
  );
  unmount = app.unmount;
  app.waitUntilExit().catch((error: unknown) => {
    painter.close();
    ended.reject(error);
  });

  return {
    closed: ended.promise,
    close: () => end('quit'),
    abandon: gone,
    say: (text, busy) => store.set({note: {text, whileLost: false}, busy}),
    suspend() {
      if (open) release();
    },
    resume() {
      if (!open) return;
      // A shell may have changed the modes of the terminal meanwhile: node sets only what it believes to be different.
      if (stdin.isTTY) stdin.setRawMode(false);
      if (stdin.isTTY) stdin.setRawMode(true);
      painter.open();
    },
  };
}

/** From the next frame on ink lays out, and the painter draws. Without this call ink draws its frames itself, and the painter shows those. */
function takeOver(node: DOMElement, painter: Painter): void {
  const root = rootOf(node);
  root.onRender = () => painter.show(drawTree(root, painter.size()));
}

const SCREENS = Object.values(allScreens);

const LOST_EVENTS = ['end', 'close', 'error'] as const;

function deferred<T>() {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return {promise, resolve, reject};
}
