import type {FixRecord, TargetState} from '../../core/model/state.ts';
import type {Layout} from '../layout.ts';
import type {Overlay, PanelName, UiState} from './ui-store.ts';

/** What of the ui state still holds: what was chosen by name or number may have gone since. */

/** The target that the screen is about and that keys act on: the chosen one for as long as it is listed, else the first that is. */
export function selectedTarget(
  targets: readonly TargetState[],
  ui: UiState,
): TargetState | undefined {
  const listed = listedTargets(targets, ui);
  const among = listed.length > 0 ? listed : targets;
  return among.find(({settings}) => settings.name === ui.target) ?? among[0];
}

/** Those whose names hold the filter, in upper or lower case. */
export function listedTargets(
  targets: readonly TargetState[],
  {filter}: UiState,
): readonly TargetState[] {
  if (filter === '' || targets.length < 2) return targets;
  const wanted = filter.toLowerCase();
  return targets.filter(({settings}) => settings.name.toLowerCase().includes(wanted));
}

/** What is open. What is about a target closes with it: nothing must happen to the one in its place. */
export function openOverlay({overlay}: UiState, selected: TargetState): Overlay {
  return 'target' in overlay && overlay.target !== selected.settings.name
    ? {kind: 'none'}
    : overlay;
}

/** The panels that one can move in; with a single target there is nothing to choose between. */
export function panelsOf(layout: Layout['kind'], targetCount: number): readonly PanelName[] {
  if (targetCount < 2) return ['fixes'];
  return layout === 'panels' ? ['targets', 'fixes'] : ['targets'];
}

export function focusedPanel(panels: readonly PanelName[], {focus}: UiState): PanelName {
  return panels.includes(focus) ? focus : (panels[0] ?? 'fixes');
}

/** The fixes newest first, and which of them is selected. */
export function selectedFix(
  target: TargetState,
  {fixAt}: UiState,
): {readonly newestFirst: readonly FixRecord[]; readonly index: number} {
  const newestFirst = target.fixes.toReversed();
  return {
    newestFirst,
    index: Math.max(
      0,
      newestFirst.findIndex(({at}) => at === fixAt),
    ),
  };
}
