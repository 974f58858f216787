import {targetsOf} from '../../core/targets.ts';
import type {AppProps} from '../app-props.ts';
import {selectedTarget} from '../state/selection.ts';
import type {Effect} from './act.ts';
import {contextOf} from './context.ts';
import {pressKey} from './press.ts';

/** Handles a key: changes the screen, and performs the effects outside of it. */
export function onKey(key: string, app: AppProps, maxScroll: number): void {
  const before = app.ui.get();
  const targets = targetsOf(app.monitor.getSnapshot());
  const target = selectedTarget(targets, before);
  if (!target) return key === 'q' || key === 'ctrl+c' ? app.quit() : undefined;
  const context = contextOf(app, before, targets, target, maxScroll);
  const {ui, effects} = pressKey(key, before, context, app.screens);
  if (ui !== before) app.ui.set(ui);
  for (const effect of effects) perform(effect, app);
}

function perform(effect: Effect, {monitor, onTheme, quit, repaint, background}: AppProps): void {
  switch (effect.type) {
    case 'request':
      return monitor.request(effect.command);
    case 'theme':
      return onTheme(effect.name);
    case 'break':
      return effect.fault.run();
    case 'quit':
      return quit();
    case 'repaint':
      return repaint();
    case 'background':
      return typeof background === 'function' ? background() : undefined;
  }
}
