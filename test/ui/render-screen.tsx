import {Box, type DOMElement} from 'ink';
import {render} from 'ink-testing-library';
import type {Link} from '../../source/contracts/monitor.ts';
import type {State} from '../../source/core/model/state.ts';
import type {AppProps} from '../../source/ui/app-props.ts';
import {App} from '../../source/ui/app.tsx';
import {rootOf} from '../../source/ui/terminal/draw-tree.ts';
import {until} from '../helpers/until.ts';
import {fakeApp} from './fake-app.ts';

interface ScreenOptions extends Partial<
  Pick<AppProps, 'screens' | 'ascii' | 'faults' | 'actionOf' | 'background' | 'readOnly'>
> {
  readonly columns?: number;
  readonly rows?: number;
  /** Of a monitor in another process. */
  readonly link?: Link;
}

/** The app as ink draws it, without a terminal, when it listens for keys. */
export async function renderScreen(
  state: State,
  {columns = 80, rows = 24, ...more}: ScreenOptions = {},
) {
  const {app: props, monitor, themes, quits, resize} = fakeApp(state, {columns, rows}, more);
  let root: DOMElement | undefined;
  const app = render(<Box ref={node => void (node && (root = rootOf(node)))} />);
  app.rerender(<App {...props} />);
  await until('the screen listens for keys', () => app.stdin.listenerCount('readable') > 0);
  const frame = () => app.lastFrame() ?? '';
  return {
    monitor,
    ui: props.ui,
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
    resize,
    tree(): DOMElement {
      if (!root) throw new Error('ink has no tree yet');
      return root;
    },
    size: props.screen.size,
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

/** What a terminal sends for a key by its name. */
export function bytesOf(key: string): string {
  const letter = /^ctrl\+([a-z])$/.exec(key)?.[1];
  return letter === undefined
    ? (BYTES[key] ?? key)
    : String.fromCharCode(letter.charCodeAt(0) - 96);
}

const BYTES: Readonly<Record<string, string>> = {
  return: ENTER,
  escape: ESCAPE,
  tab: TAB,
  backspace: '\u007F',
  up: '\u001B[A',
  down: DOWN,
  right: RIGHT,
  left: '\u001B[D',
};
