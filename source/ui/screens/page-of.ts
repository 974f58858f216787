import {say} from '../../core/text/say.ts';
import type {State, TargetState} from '../../core/model/state.ts';
import {whyStory} from '../../core/why.ts';
import type {KeyContext} from '../keys/binding.ts';
import {waysOf} from '../keys/key-ways.ts';
import {KEYMAP} from '../keys/keymap.ts';
import type {Symbols} from '../text/symbols.ts';
import type {Overlay} from '../state/ui-store.ts';
import {incidentLines} from './incident/lines.ts';
import {incidentListLines} from './incidents/lines.ts';
import {helpLines} from './help/lines.ts';
import {storyLines} from './why/lines.ts';
import type {PageText} from '../text/page-text.ts';

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
