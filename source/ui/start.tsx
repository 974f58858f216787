import {render} from 'ink';
import type {Monitor} from '../contracts/monitor.ts';
import type {Theme} from '../contracts/theme.ts';
import {App} from './app.tsx';
import type {DemoFault} from './binding.ts';
import {drawTree} from './draw-tree.ts';
import {createPainter, type Terminal} from './painter.ts';
import {createUiStore} from './ui-store.ts';

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
  /** What happens to healing after `q`, for the help screen. */
  readonly quitMessage: string;
  /** The user quit; the terminal is restored already. */
  onQuit(): void;
}

export interface Ui {
  /** `quit`: by a key or by `close`. `gone`: the terminal is no longer there. Rejects only when drawing threw, a bug. */
  readonly closed: Promise<'quit' | 'gone'>;
  /** Restores the terminal before it returns, so that an exit handler may call it. Again: nothing. */
  close(): void;
  /** Draws everything again, for a terminal that somebody else wrote to (SIGCONT). */
  repaint(): void;
}

/** Takes the terminal and shows the monitor on it until somebody quits. */
export function startUi(options: UiOptions): Ui {
  const {stdin, stdout, monitor, themes} = options;
  const ended = deferred<'quit' | 'gone'>();
  const painter = createPainter(stdout, () => end('gone'));
  let open = true;
  let unmount = (): void => undefined;

  const end = (how: 'quit' | 'gone'): void => {
    if (!open) return;
    open = false;
    painter.close();
    for (const event of LOST_EVENTS) stdin.off(event, gone);
    // Without its terminal stdin may still report errors; that it is gone is known by now.
    if (how === 'gone') stdin.on('error', () => undefined);
    else if (stdin.isTTY) stdin.setRawMode(false);
    // A write may fail in the middle of a frame, where ink cannot be taken down.
    setImmediate(() => unmount());
    ended.resolve(how);
  };
  const gone = (): void => end('gone');
  const quit = (): void => {
    end('quit');
    options.onQuit();
  };

  painter.open();
  const app = render(
    <App
      monitor={monitor}
      ui={createUiStore(options.themeName)}
      screen={painter}
      themes={themes}
      ascii={options.ascii}
      faults={options.demo?.faults ?? []}
      actionOf={target => options.actionOf?.(target)}
      quitMessage={options.quitMessage}
      keysActive={stdin.isTTY === true}
      onTree={root => {
        root.onRender = () => painter.show(drawTree(root, painter.size()));
      }}
      onTheme={name => options.onTheme(name)}
      repaint={() => painter.repaint()}
      quit={quit}
    />,
    // In debug mode ink hands over every frame whole, also where `CI` is set; the painter sends what differs.
    {debug: true, stdout: painter.sink, stdin, exitOnCtrlC: false, patchConsole: false},
  );
  unmount = app.unmount;
  for (const event of LOST_EVENTS) stdin.on(event, gone);
  app.waitUntilExit().catch((error: unknown) => {
    painter.close();
    ended.reject(error);
  });

  return {closed: ended.promise, close: () => end('quit'), repaint: () => painter.repaint()};
}

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
