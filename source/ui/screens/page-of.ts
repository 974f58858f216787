import {say} from '../../core/say.ts';
import type {State, TargetState} from '../../core/state.ts';
import {whyStory} from '../../core/why.ts';
import type {KeyContext} from '../binding.ts';
import {waysOf} from '../key-ways.ts';
import {KEYMAP} from '../keymap.ts';
import type {Symbols} from '../symbols.ts';
import type {Overlay} from '../ui-store.ts';
import {incidentLines, incidentListLines} from './incident.ts';
import {helpLines, storyLines} from './pages.ts';
import type {PageText} from './screen-props.ts';

interface PageSources {
  readonly target: TargetState;
  readonly troubles: State['troubles'];
  readonly now: number;
  readonly keys: KeyContext;
  readonly symbols: Symbols;
}

/** The page of text that `overlay` is; undefined where it is none. */
export function pageOf(
  overlay: Overlay,
  {target, troubles, now, keys, symbols}: PageSources,
): PageText | undefined {
  const {name} = target.settings;
  switch (overlay.kind) {
    case 'why':
      return {
        title: say`Why`,
        scroll: overlay.scroll,
        lines: width => storyLines(whyStory(target, now, waysOf(keys)), target, troubles, width),
      };
    case 'help':
      return {
        title: say`Keys`,
        scroll: overlay.scroll,
        lines: width => helpLines(KEYMAP, keys, symbols, width),
      };
    case 'incident':
      return {
        title: say`Incident ${overlay.number}`,
        scroll: overlay.scroll,
        lines: width => incidentLines(target, overlay.number, now, width),
      };
    case 'incidents': {
      const {lines, marked} = incidentListLines(target, overlay.number, now, symbols);
      return {
        title: say`Incidents of ${name}`,
        scroll: 0,
        lines: () => lines,
        ...(marked === undefined ? {} : {marked}),
      };
    }
    case 'none':
    case 'filter':
    case 'confirm':
      return undefined;
  }
}
