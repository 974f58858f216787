import {all as allScreens} from 'agent2:screens';
import {Box, type DOMElement} from 'ink';
import {render} from 'ink-testing-library';
import type {Link} from '../../source/contracts/monitor.ts';
import type {State} from '../../source/core/model/state.ts';
import type {AppProps} from '../../source/ui/app-props.ts';
import {App} from '../../source/ui/app.tsx';
import {rootOf} from '../../source/ui/terminal/draw-tree.ts';
import type {Size} from '../../source/ui/terminal/painter.ts';
import {createUiStore} from '../../source/ui/state/ui-store.ts';
import {definition as dark} from '../../themes/dark.ts';
import {definition as mono} from '../../themes/mono.ts';
import {fakeMonitor} from '../helpers/states.ts';
import {until} from '../helpers/until.ts';
import {targetsOf} from '../../source/core/targets.ts';

interface ScreenOptions extends Partial<
  Pick<AppProps, 'ascii' | 'faults' | 'actionOf' | 'background' | 'readOnly'>
> {
  readonly columns?: number;
  readonly rows?: number;
  /** Of a monitor in another process. */
  readonly link?: Link;
}

const SCREENS = Object.values(allScreens);

/** The app as ink draws it, without a terminal, when it listens for keys. */
export async function renderScreen(
  state: State,
  {
    columns = 80,
    rows = 24,
    ascii = false,
    faults = [],
    actionOf = () => 'node server.js',
    background,
    readOnly = false,
    link,
  }: ScreenOptions = {},
) {
  const monitor = fakeMonitor(state, link);
  const ui = createUiStore('dark', targetsOf(state)[0]?.settings.name);
  const themes: string[] = [];
  const quits: number[] = [];
  const resizes = new Set<() => void>();
  let size: Size = {columns, rows};
  let root: DOMElement | undefined;
  const app = render(<Box ref={node => void (node && (root = rootOf(node)))} />);
  app.rerender(
    <App
      monitor={monitor}
      ui={ui}
      screens={SCREENS}
      screen={{
        size: () => size,
        subscribe(listener) {
          resizes.add(listener);
          return () => void resizes.delete(listener);
        },
      }}
      themes={[dark, mono]}
      ascii={ascii}
      faults={faults}
      actionOf={actionOf}
      background={background}
      quitMessage="stops watching webui; nothing heals it then"
      readOnly={readOnly}
      keysActive
      onTheme={name => themes.push(name)}
      repaint={() => undefined}
      quit={() => quits.push(1)}
    />,
  );
  await until('the screen listens for keys', () => app.stdin.listenerCount('readable') > 0);
  const frame = () => app.lastFrame() ?? '';
  return {
    monitor,
    ui,
    themes,
    quits,
    frames: app.frames,
    frame,
    lines: () => frame().split('\n'),
    /** The frame once it holds what is wanted. */
    until: (wanted: string | RegExp | ((frame: string) => boolean)) =>
      until(`the screen shows ${String(wanted)}`, () => isShown(frame(), wanted) && frame(), {
        describe: frame,
      }),
    press(...keys: readonly string[]) {
      for (const key of keys) app.stdin.write(key);
    },
    resize(to: Size) {
      size = to;
      resizes.forEach(listener => listener());
    },
    tree(): DOMElement {
      if (!root) throw new Error('ink has no tree yet');
      return root;
    },
    size: () => size,
    unmount: app.unmount,
  };
}

function isShown(frame: string, wanted: string | RegExp | ((frame: string) => boolean)): boolean {
  if (typeof wanted === 'function') return wanted(frame);
  return typeof wanted === 'string' ? frame.includes(wanted) : wanted.test(frame);
}

export const ESCAPE = '\u001B';
export const ENTER = '\r';
export const TAB = '\t';
export const RIGHT = '\u001B[C';
export const DOWN = '\u001B[B';
