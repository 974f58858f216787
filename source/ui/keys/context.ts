import type {TargetState} from '../../core/model/target.ts';
import type {AppProps} from '../app-props.ts';
import {kindFor} from '../layout.ts';
import {panelsOf} from '../state/selection.ts';
import type {UiState} from '../state/ui-state.ts';
import type {KeyContext} from './binding.ts';

export function contextOf(
  app: AppProps,
  choices: UiState,
  targets: readonly TargetState[],
  target: TargetState,
  maxScroll: number,
): KeyContext {
  const {monitor, themes, faults, readOnly = false, quitMessage, hangupMessage, background} = app;
  return {
    targets,
    target,
    presets: monitor.getSnapshot().presets,
    choices,
    panels: panelsOf(kindFor(app.screen.size(), targets.length), targets.length),
    themes: themes.map(({name}) => name),
    faults,
    readOnly,
    lost: monitor.link?.().state === 'lost',
    quitMessage: () => (typeof quitMessage === 'string' ? quitMessage : quitMessage()),
    hangupMessage: () => hangupMessage?.(),
    background: typeof background === 'function' || (background ?? false),
    maxScroll,
  };
}
