import {useMemo, useSyncExternalStore} from 'react';
import {say, render} from '../../core/text/say.ts';
import {targetsOf} from '../../core/targets.ts';
import {whyCountsDown} from '../../core/why.ts';
import type {AppProps} from '../app-props.ts';
import {contextOf} from '../keys/context.ts';
import {topOf, type Stack} from '../navigation.ts';
import {goneText, unseen} from '../state/lost.ts';
import {screenNamed, stackOf} from '../screens/open.ts';
import {screenLooksSame} from '../state/looks-same.ts';
import {sceneOf, type Scene} from '../state/scene.ts';
import {listedAmong, selectedTarget} from '../state/selection.ts';
import {targetRow} from '../state/target-row.ts';
import {useMonitor} from './use-monitor.ts';
import {useNow} from './use-now.ts';
import {useWindowSize} from './use-window-size.ts';

/** The open screens and their scene; a text when there is no target. */
export type Frame =
  | {readonly kind: 'screens'; readonly scene: Scene; readonly stack: Stack}
  | {readonly kind: 'text'; readonly text: string};

export function useScene(app: AppProps): Frame {
  const {monitor, ui: store, screens} = app;
  const size = useWindowSize();
  const ui = useSyncExternalStore(store.subscribe, store.get);
  const targets = useMonitor(targetsOf, (a, b) =>
    screenLooksSame(a, b, selectedTarget(b, ui)?.settings.name),
  );
  const problems = useMonitor(state => state.problems);
  const link = useSyncExternalStore(monitor.subscribe, () => monitor.link?.());
  const lost = link?.state === 'lost' ? link : undefined;
  const known = useMonitor(state => state.status);
  const status = lost ? 'stopped' : known;
  // Keeps the same lists while no row can have changed, so that they are not drawn again.
  const rows = useMemo(
    () => targets.map(each => targetRow(status, lost ? unseen(each) : each)),
    [targets, status, lost],
  );
  const listed = useMemo(() => listedAmong(rows, ({name}) => name, ui), [rows, ui.filter]);
  const target = selectedTarget(targets, ui);
  const context = target && contextOf(app, ui, targets, target, Infinity);
  const stack = context && stackOf(ui.stack, screens, context);
  const counts =
    stack &&
    (screenNamed(screens, topOf(stack).screen).counts?.(context) ||
      whyCountsDown(context.target, monitor.now()));
  const now = useNow([targets, target, link], counts || lost ? SECOND_MS : MINUTE_MS);
  if (!stack)
    return {kind: 'text', text: lost ? goneText(lost, now) : say`nothing is watched; q quits`};
  const runs = app.actionOf(context.target.settings.name);
  const action = runs && render(runs);
  const given = {context, rows, listed, problems, action, size, now};
  return {kind: 'screens', stack, scene: sceneOf(given, status, link, ui.note)};
}

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
