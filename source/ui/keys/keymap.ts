import {say} from '../../core/text/say.ts';
import {ask, refused} from './acting.ts';
import type {Binding, KeyContext} from './binding.ts';
import {showAll, typeFilter} from './filter-keys.ts';
import {incidentToOpen} from '../state/incidents.ts';
import {hasSeries, nextSeries} from '../state/series.ts';
import {listIncidents, overlayKeys, requestRestart, stepOf} from './overlay-keys.ts';
import {focusedPanel, listedTargets, openOverlay, selectedFix} from '../state/selection.ts';
import {RANGES, type ChartRange, type Overlay, type UiStore} from '../state/ui-store.ts';
import {targetsOf} from '../../core/targets.ts';

/** Runs what `key` means where the screen is; a key without a meaning does nothing. */
export function pressKey(key: string, context: KeyContext): void {
  if (context.ui.get().busy && key !== 'ctrl+l') return;
  if (context.ui.get().note && key !== 'ctrl+l') context.ui.set({note: undefined});
  const overlay = openOverlay(context.ui.get(), context.target);
  const binding = barBindings(overlay).find(
    ({keys, when}) => keys.includes(key) && (when?.(context) ?? true),
  );
  if (binding?.acts && refused(context, binding.shown)) return;
  if (binding) binding.press(context, key);
  else if (overlay.kind === 'filter') typeFilter(key, context);
  else if (overlay.kind === 'none') context.faults.find(fault => fault.key === key)?.run();
}

/** The keys that mean something while `overlay` is open. */
export function barBindings({kind}: Overlay): readonly Binding[] {
  if (kind === 'none') return KEYMAP;
  return kind === 'filter' ? overlayKeys(kind) : [...overlayKeys(kind), ...ALWAYS];
}

const PRESETS: readonly string[] = [
  'dev',
  'test',
  'prod',
  'high-load',
  'low-latency',
  'unstable-network',
];

const ALWAYS: readonly Binding[] = [
  {
    keys: ['q', 'ctrl+c'],
    shown: 'q',
    label: () => say`quit`,
    help: ({quitMessage, hangupMessage}) =>
      [say`quit: ${quitMessage}`, hangupMessage?.()]
        .filter(text => text !== undefined)
        .join(say`; `),
    weight: 100,
    press: context => context.quit(),
  },
  {
    keys: ['ctrl+l'],
    shown: 'Ctrl-L',
    label: () => say`redraw`,
    help: () => say`draw the screen again`,
    weight: 0,
    press: context => context.repaint(),
  },
];

/** In the order of the key bar. */
export const KEYMAP: readonly Binding[] = [
  {
    keys: ['r'],
    shown: 'r',
    label: () => say`restart`,
    help: ({target}) =>
      target.settings.fix === 'none'
        ? say`restart the service: says what it takes`
        : say`restart the service now (asks first)`,
    weight: 95,
    acts: true,
    // Without a fix there is nothing to ask: the refusal says why, and how to give one.
    press: context =>
      context.target.settings.fix === 'none'
        ? requestRestart(context)
        : context.ui.set({
            overlay: {kind: 'confirm', target: context.target.settings.name, focus: 'cancel'},
          }),
  },
  {
    keys: ['p'],
    shown: 'p',
    label: ({target}) => (target.paused ? say`resume` : say`pause`),
    help: () => say`pause or resume probing and healing`,
    weight: 90,
    acts: true,
    press: (context, key) =>
      ask(
        context,
        {type: context.target.paused ? 'resumed' : 'paused', target: context.target.settings.name},
        key,
      ),
  },
  {
    keys: ['o'],
    shown: 'o',
    label: ({target}) => (target.observing ? say`heal` : say`observe`),
    help: () => say`observe only (probe, do not heal), or heal again`,
    weight: 50,
    acts: true,
    press: (context, key) =>
      ask(
        context,
        {type: 'observing', target: context.target.settings.name, on: !context.target.observing},
        key,
      ),
  },
  ...PRESETS.map((name, index): Binding => ({
    keys: [String(index + 1)],
    shown: String(index + 1),
    label: () => name,
    help: () => name,
    group: 'preset',
    weight: index < 3 ? 60 - index : 20 - index,
    when: ({monitor}) => name in monitor.getSnapshot().presets,
    acts: true,
    press: (context, key) =>
      ask(context, {type: 'preset', target: context.target.settings.name, name}, key),
  })),
  {
    keys: ['g'],
    shown: 'g',
    label: ({ui}) => otherRange(ui).label(),
    help: () => say`time range of the chart: 5 min or 1 h`,
    weight: 65,
    press: ({ui}) => ui.set({range: otherRange(ui)}),
  },
  {
    keys: ['v'],
    shown: 'v',
    label: () => say`chart`,
    help: () => say`what the chart shows: the response time, or what a check measures`,
    weight: 56,
    when: ({target}) => hasSeries(target.samples),
    press: ({ui, target}) => ui.set({series: nextSeries(target.samples, ui.get().series)}),
  },
  {
    keys: ['j', 'k', 'down', 'up'],
    shown: 'j k',
    label: () => say`select`,
    help: () => say`select an older or a newer fix (also the arrow keys)`,
    weight: 0,
    when: ({panels}) => !panels.includes('targets'),
    press: selectFix,
  },
  {
    keys: ['j', 'k', 'down', 'up'],
    shown: 'j k',
    label: () => say`select`,
    help: ({panels}) =>
      panels.includes('fixes')
        ? say`select another target or fix (also the arrow keys)`
        : say`select another target (also the arrow keys)`,
    weight: 75,
    when: ({panels}) => panels.includes('targets'),
    press: (context, key) =>
      focusedPanel(context.panels, context.ui.get()) === 'targets'
        ? selectTarget(context, key)
        : selectFix(context, key),
  },
  {
    keys: ['tab'],
    shown: 'Tab',
    label: ({panels, ui}) =>
      focusedPanel(panels, ui.get()) === 'targets' ? say`fixes` : say`targets`,
    help: () => say`move in the fixes instead of the targets, and back`,
    weight: 70,
    when: ({panels}) => panels.length > 1,
    press: ({ui, panels}) =>
      ui.set({focus: focusedPanel(panels, ui.get()) === 'targets' ? 'fixes' : 'targets'}),
  },
  {
    keys: ['/'],
    shown: '/',
    label: () => say`filter`,
    help: () => say`list only the targets whose names hold what you type (Esc: all)`,
    weight: 57,
    when: ({panels}) => panels.includes('targets'),
    press: ({ui}) => ui.set({overlay: {kind: 'filter'}, focus: 'targets'}),
  },
  {
    keys: ['escape'],
    shown: 'Esc',
    label: () => say`all targets`,
    weight: 76,
    when: ({ui, panels}) => ui.get().filter !== '' && panels.includes('targets'),
    press: showAll,
  },
  {
    keys: ['return'],
    shown: 'Enter',
    label: () => say`incident`,
    help: () => say`open the incident of the selected fix, or the one that is open`,
    weight: 14,
    press: openIncident,
  },
  {
    keys: ['i'],
    shown: 'i',
    label: () => say`incidents`,
    help: () => say`all incidents that are kept`,
    weight: 13,
    press: listIncidents,
  },
  {
    keys: ['w'],
    shown: 'w',
    label: () => say`why`,
    help: () => say`the whole story: what was seen, decided, and comes next`,
    weight: 80,
    press: ({ui}) => ui.set({overlay: {kind: 'why', scroll: 0}}),
  },
  {
    keys: ['t'],
    shown: 't',
    label: () => say`theme`,
    help: () => say`next theme`,
    weight: 55,
    press({ui, themes, onTheme}) {
      const theme = themes[(themes.indexOf(ui.get().theme) + 1) % themes.length];
      if (theme === undefined) return;
      ui.set({theme});
      onTheme(theme);
    },
  },
  {
    keys: ['b'],
    shown: 'b',
    label: () => say`background`,
    help: () => say`close the screen and go on in the background`,
    weight: 12,
    when: ({background}) => typeof background === 'function',
    press: ({background}) => typeof background === 'function' && background(),
  },
  {
    keys: ['b'],
    shown: 'b',
    label: () => say`background`,
    weight: 0,
    when: ({background}) => typeof background !== 'function',
    press: context => context.ui.set({note: {text: whyNoBackground(context), whileLost: false}}),
  },
  {
    keys: ['?'],
    shown: '?',
    label: () => say`help`,
    help: () => say`this page`,
    weight: 98,
    press: ({ui}) => ui.set({overlay: {kind: 'help', scroll: 0}}),
  },
  ...ALWAYS,
];

function whyNoBackground({background}: KeyContext): string {
  return typeof background === 'string'
    ? background
    : say`already in the background: q closes this screen`;
}

function otherRange(ui: UiStore): ChartRange {
  return ui.get().range === RANGES[0] ? RANGES[1] : RANGES[0];
}

/** `j` and down go to older fixes. The newest one stays selected while newer ones come, unless another was chosen. */
function selectFix({ui, target}: KeyContext, key: string): void {
  const {newestFirst, index} = selectedFix(target, ui.get());
  const next = Math.min(newestFirst.length - 1, Math.max(0, index + stepOf(key)));
  ui.set({fixAt: next <= 0 ? undefined : newestFirst[next]?.at});
}

/** Which fix was selected is of no use with another target. */
function selectTarget({ui, monitor, target}: KeyContext, key: string): void {
  const names = listedTargets(targetsOf(monitor.getSnapshot()), ui.get()).map(
    ({settings}) => settings.name,
  );
  const next = names[names.indexOf(target.settings.name) + stepOf(key)];
  if (next !== undefined) ui.set({target: next, fixAt: undefined});
}

/** Where there is none to open, the list says so. */
function openIncident(context: KeyContext): void {
  const number = incidentToOpen(context.target, context.ui.get().fixAt);
  if (number === undefined) listIncidents(context);
  else
    context.ui.set({
      overlay: {
        kind: 'incident',
        target: context.target.settings.name,
        number,
        scroll: 0,
        fromList: false,
      },
    });
}
