import {all as allScreens} from 'agent2:screens';
import {Box, render, type DOMElement} from 'ink';
import {App} from './app.tsx';
import {drawTree, rootOf} from './terminal/draw-tree.ts';
import {holdTerminal} from './terminal/hold-terminal.ts';
import type {Painter} from './terminal/painter.ts';
import type {Ui, UiOptions} from './ui.ts';
import {createUiStore} from './state/ui-store.ts';
import {targetsOf} from '../core/targets.ts';

/** Takes the terminal and shows the monitor on it until the user quits or the terminal goes away. */
export function startUi(options: UiOptions): Ui {
  const {stdin, stdout, monitor, themes} = options;
  const ended = deferred<'quit' | 'gone'>();
  const terminal = holdTerminal(stdin, stdout, () => end('gone'));
  const {painter} = terminal;
  let open = true;
  let unmount = (): void => undefined;

  const end = (how: 'quit' | 'gone'): void => {
    if (!open) return;
    open = false;
    terminal.end(how);
    // Later, because the write may have failed in the middle of a frame, when ink cannot be unmounted.
    setImmediate(() => {
      unmount();
      ended.resolve(how);
    });
  };

  const store = createUiStore(
    options.themeName,
    targetsOf(monitor.getSnapshot())[0]?.settings.name,
    options.note,
  );
  terminal.take();
  const app = render(
    <Box ref={node => void (node && takeOver(node, painter))} />,
    // In debug mode ink writes every frame as a whole, also when `CI` is set; the painter sends the differences.
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
      quit={() => {
        end('quit');
        options.onQuit();
      }}
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
    abandon: () => end('gone'),
    say: (text, busy) => store.set({note: {text, whileLost: false}, busy}),
    suspend: () => void (open && terminal.release()),
    resume: () => void (open && terminal.retake()),
  };
}

/** From the next frame on ink only lays out, and the painter draws. Without this call ink draws frames itself, and the painter shows those. */
function takeOver(node: DOMElement, painter: Painter): void {
  const root = rootOf(node);
  root.onRender = () => painter.show(drawTree(root, painter.size()));
}

const SCREENS = Object.values(allScreens);

function deferred<T>() {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return {promise, resolve, reject};
}
