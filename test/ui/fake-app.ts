import {all} from 'agent2:screens';
import type {Link} from '../../source/contracts/monitor.ts';
import type {State} from '../../source/core/model/state.ts';
import {targetsOf} from '../../source/core/targets.ts';
import type {AppProps} from '../../source/ui/app-props.ts';
import {contextOf} from '../../source/ui/keys/context.ts';
import {stackOf} from '../../source/ui/screens/open.ts';
import {selectedTarget} from '../../source/ui/state/selection.ts';
import {createUiStore} from '../../source/ui/state/ui-store.ts';
import type {Size} from '../../source/ui/terminal/painter.ts';
import {definition as dark} from '../../themes/dark.ts';
import {definition as mono} from '../../themes/mono.ts';
import {fakeMonitor} from '../helpers/states.ts';

export const SCREENS = Object.values(all);

/** Those whose keys stand in exact frames: another screen changes none of these. */
const FRAMED = ['filter', 'help', 'incident', 'incidents', 'restart', 'target', 'why'];

/** What the app is given, with a monitor and a terminal that a test plays. */
export function fakeApp(
  state: State,
  {columns, rows}: Size = {columns: 80, rows: 24},
  more: Partial<AppProps> & {readonly link?: Link} = {},
) {
  const {link, ...props} = more;
  const monitor = fakeMonitor(state, link);
  const resizes = new Set<() => void>();
  let size: Size = {columns, rows};
  const themes: string[] = [];
  const quits: number[] = [];
  const app: AppProps = {
    monitor,
    ui: createUiStore('dark', targetsOf(state)[0]?.settings.name),
    screens: SCREENS.filter(({name}) => FRAMED.includes(name)),
    screen: {
      size: () => size,
      subscribe(listener) {
        resizes.add(listener);
        return () => void resizes.delete(listener);
      },
    },
    themes: [dark, mono],
    ascii: false,
    faults: [],
    actionOf: () => 'node server.js',
    quitMessage: 'stops watching webui; nothing heals it after that',
    readOnly: false,
    keysActive: true,
    onTheme: name => themes.push(name),
    repaint: () => undefined,
    quit: () => quits.push(1),
    ...props,
  };
  return {
    app,
    monitor,
    themes,
    quits,
    /** The names of the open screens, the one on top last; none where nothing is watched. */
    open(): readonly string[] {
      const ui = app.ui.get();
      const targets = targetsOf(monitor.getSnapshot());
      const target = selectedTarget(targets, ui);
      if (!target) return [];
      const context = contextOf(app, ui, targets, target, Infinity);
      return stackOf(ui.stack, app.screens, context).map(({screen}) => screen);
    },
    resize(to: Size) {
      size = to;
      resizes.forEach(listener => listener());
    },
  };
}
