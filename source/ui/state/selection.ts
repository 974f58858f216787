import type {FixRecord, TargetState} from '../../core/model/state.ts';
import type {Kind} from '../layout.ts';
import type {Choices, PanelName} from './ui-state.ts';

/** What of the ui state still holds: what was chosen by name or number may have gone since. */

/** The target that the screen is about and that keys act on: the chosen one for as long as it is listed, else the first that is. */
export function selectedTarget(
  targets: readonly TargetState[],
  choices: Choices,
): TargetState | undefined {
  const listed = listedTargets(targets, choices);
  const among = listed.length > 0 ? listed : targets;
  return among.find(({settings}) => settings.name === choices.target) ?? among[0];
}

/** Those whose names hold the filter, in upper or lower case. */
export function listedTargets(
  targets: readonly TargetState[],
  {filter}: Choices,
): readonly TargetState[] {
  if (filter === '' || targets.length < 2) return targets;
  const wanted = filter.toLowerCase();
  return targets.filter(({settings}) => settings.name.toLowerCase().includes(wanted));
}

/** The panels that one can move in; with a single target there is nothing to choose between. */
export function panelsOf(kind: Kind, targetCount: number): readonly PanelName[] {
  if (targetCount < 2) return ['fixes'];
  return kind === 'panels' ? ['targets', 'fixes'] : ['targets'];
}

export function focusedPanel(panels: readonly PanelName[], {focus}: Choices): PanelName {
  return panels.includes(focus) ? focus : (panels[0] ?? 'fixes');
}

/** The fixes newest first, and which of them is selected. */
export function selectedFix(
  target: TargetState,
  {fixAt}: Choices,
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
