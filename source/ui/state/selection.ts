import type {FixRecord} from '../../core/model/repair.ts';
import type {TargetState} from '../../core/model/target.ts';
import type {Kind} from '../layout.ts';
import type {Choices, PanelName} from './ui-state.ts';

/** The target that the screen shows and keys act on: the chosen one while it is listed, else the first listed. */
export function selectedTarget(
  targets: readonly TargetState[],
  choices: Choices,
): TargetState | undefined {
  const listed = listedTargets(targets, choices);
  const among = listed.length > 0 ? listed : targets;
  return among.find(({settings}) => settings.name === choices.target) ?? among[0];
}

export function listedTargets(
  targets: readonly TargetState[],
  choices: Choices,
): readonly TargetState[] {
  return listedAmong(targets, ({settings}) => settings.name, choices);
}

/** The targets whose names contain the filter, in any case. A single target is always listed. */
export function listedAmong<T>(
  all: readonly T[],
  nameOf: (each: T) => string,
  {filter}: Choices,
): readonly T[] {
  if (filter === '' || all.length < 2) return all;
  const wanted = filter.toLowerCase();
  return all.filter(each => nameOf(each).toLowerCase().includes(wanted));
}

/** The panels in which keys can move; with a single target only the fixes. */
export function panelsOf(kind: Kind, targetCount: number): readonly PanelName[] {
  if (targetCount < 2) return ['fixes'];
  return kind === 'panels' ? ['targets', 'fixes'] : ['targets'];
}

export function focusedPanel(panels: readonly PanelName[], {focus}: Choices): PanelName {
  return panels.includes(focus) ? focus : (panels[0] ?? 'fixes');
}

/** The fixes, the newest first, and the index of the selected one. */
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
