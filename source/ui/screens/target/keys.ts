import {samplesOf} from '../../../core/check/samples.ts';
import {say} from '../../../core/text/say.ts';
import type {Act} from '../../keys/act.ts';
import type {Binding, KeyContext} from '../../keys/binding.ts';
import {stepOf} from '../../keys/step.ts';
import {focusedPanel, listedTargets, selectedFix} from '../../state/selection.ts';
import {hasSeries, nextSeries} from '../../state/series.ts';
import {RANGES, type ChartRange, type Choices} from '../../state/ui-state.ts';

const PRESETS = ['dev', 'test', 'prod', 'high-load', 'low-latency', 'unstable-network'] as const;

export const targetKeys: readonly Binding[] = [
  {
    keys: ['p'],
    shown: 'p',
    label: ({target}) => (target.paused ? say`resume` : say`pause`),
    help: () => say`pause or resume checks and healing`,
    weight: 90,
    order: 20,
    acts: true,
    press: ({target}, key) => [
      {
        type: 'request',
        command: {type: target.paused ? 'resumed' : 'paused', target: target.settings.name},
        key,
      },
    ],
  },
  {
    keys: ['o'],
    shown: 'o',
    label: ({target}) => (target.observing ? say`heal` : say`observe`),
    help: () => say`observe only (checks without healing), or heal again`,
    weight: 50,
    order: 30,
    acts: true,
    press: ({target}, key) => [
      {
        type: 'request',
        command: {type: 'observing', target: target.settings.name, on: !target.observing},
        key,
      },
    ],
  },
  ...PRESETS.map((name, index): Binding => ({
    keys: [String(index + 1)],
    shown: String(index + 1),
    label: () => name,
    help: () => name,
    group: 'preset',
    weight: index < 3 ? 60 - index : 20 - index,
    order: 40,
    when: ({presets}) => name in presets,
    acts: true,
    press: ({target}, key) => [
      {type: 'request', command: {type: 'preset', target: target.settings.name, name}, key},
    ],
  })),
  {
    keys: ['g'],
    shown: 'g',
    label: ({choices}) => otherRange(choices).label(),
    help: () => say`time range of the chart: 5 min or 1 h`,
    weight: 65,
    order: 50,
    press: ({choices}) => choose({range: otherRange(choices)}),
  },
  {
    keys: ['v'],
    shown: 'v',
    label: () => say`chart`,
    help: () => say`chart the response time or a value of a check`,
    weight: 56,
    order: 60,
    when: ({target}) => hasSeries(samplesOf(target.samples)),
    press: ({target, choices}) =>
      choose({series: nextSeries(samplesOf(target.samples), choices.series)}),
  },
  {
    keys: ['j', 'k', 'down', 'up'],
    shown: 'j k',
    label: () => say`select`,
    help: selectHelp,
    weight: ({panels}) => (panels.includes('targets') ? 75 : 0),
    order: 70,
    press: (context, key) =>
      focusedPanel(context.panels, context.choices) === 'targets'
        ? selectTarget(context, stepOf(key))
        : selectFix(context, stepOf(key)),
  },
  {
    keys: ['tab'],
    shown: 'Tab',
    label: context => (otherPanel(context) === 'fixes' ? say`fixes` : say`targets`),
    help: () => say`switch between targets and fixes`,
    weight: 70,
    order: 80,
    when: ({panels}) => panels.length > 1,
    press: context => choose({focus: otherPanel(context)}),
  },
  {
    keys: ['escape'],
    shown: 'Esc',
    label: () => say`all targets`,
    weight: 76,
    order: 100,
    when: ({choices, panels}) => choices.filter !== '' && panels.includes('targets'),
    press: () => choose({filter: ''}),
  },
];

function choose(choices: Partial<Choices>): readonly Act[] {
  return [{type: 'choose', choices}];
}

function otherRange({range}: Choices): ChartRange {
  return range === RANGES[0] ? RANGES[1] : RANGES[0];
}

function otherPanel({panels, choices}: KeyContext): Choices['focus'] {
  return focusedPanel(panels, choices) === 'targets' ? 'fixes' : 'targets';
}

function selectHelp({panels}: KeyContext): string {
  if (!panels.includes('targets')) return say`select an older or a newer fix (also the arrow keys)`;
  return panels.includes('fixes')
    ? say`select another target or fix (also the arrow keys)`
    : say`select another target (also the arrow keys)`;
}

/** `j` and down select an older fix. Without a choice the newest fix is selected, also after new ones. */
function selectFix({target, choices}: KeyContext, step: 1 | -1): readonly Act[] {
  const {newestFirst, index} = selectedFix(target, choices);
  const next = Math.min(newestFirst.length - 1, Math.max(0, index + step));
  return choose({fixAt: next <= 0 ? undefined : newestFirst[next]?.at});
}

/** Drops the choice of a fix, which belongs to the target before. */
function selectTarget({targets, target, choices}: KeyContext, step: 1 | -1): readonly Act[] {
  const names = listedTargets(targets, choices).map(({settings}) => settings.name);
  const next = names[names.indexOf(target.settings.name) + step];
  return next === undefined ? [] : choose({target: next, fixAt: undefined});
}
