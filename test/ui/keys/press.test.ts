import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {Link} from '../../../source/contracts/monitor.ts';
import type {TargetState} from '../../../source/core/model/target.ts';
import {keysOn} from '../../../source/ui/keys/key-table.ts';
import {onKey} from '../../../source/ui/keys/on-key.ts';
import {
  healthyTarget,
  manyTargets,
  named,
  newTarget,
  NOW,
  stateOfAll,
  threeTargets,
  troubledTarget,
} from '../../helpers/states.ts';
import '../../setup/properties.ts';
import {fakeApp, SCREENS} from '../fake-app.ts';

const LOST: Link = {state: 'lost', since: NOW - 1_000, text: 'monitor gone (pid 4242)'};
const TARGETS: Readonly<Record<string, readonly TargetState[]>> = {
  'one in trouble': [troubledTarget()],
  'a new one': [newTarget()],
  'three': [named('a', troubledTarget()), ...threeTargets().slice(1)],
  'many': manyTargets(12),
  'none': [],
};
const stateWith = (name: string) => stateOfAll(TARGETS[name] ?? []);
const KEYS = [
  ...new Set(SCREENS.flatMap(screen => keysOn(screen, SCREENS)).flatMap(({keys}) => keys)),
  ...['x', 'Z', 'é', '服', 'ctrl+z', 'c'],
];

/** Presses keys one by one while the targets come and go. */
const lives = fc.record({
  targets: fc.constantFrom(...Object.keys(TARGETS)),
  others: fc.constantFrom(...Object.keys(TARGETS)),
  keys: fc.array(fc.constantFrom(...KEYS), {maxLength: 40}),
  changeAt: fc.nat(40),
  columns: fc.constantFrom(10, 40, 80, 120),
  readOnly: fc.boolean(),
  link: fc.constantFrom(undefined, LOST),
  maxScroll: fc.constantFrom(0, 3, Infinity),
});

test('whatever keys are pressed, each screen is open once, and Esc as often as there are leads to the first', () => {
  fc.assert(
    fc.property(lives, ({targets, others, keys, changeAt, columns, maxScroll, ...more}) => {
      const {app, monitor, open} = fakeApp(
        stateWith(targets),
        {columns, rows: 24},
        {...more, screens: SCREENS},
      );
      keys.forEach((key, index) => {
        if (index === changeAt) monitor.show(stateWith(others));
        onKey(key, app, maxScroll);
        expect(new Set(open()).size).toBe(open().length);
      });
      if (open().length === 0) monitor.show(stateWith('three'));
      for (const _ of open()) onKey('escape', app, maxScroll);
      expect(open()).toEqual([SCREENS.find(({key}) => !key)?.name]);
    }),
  );
});

test('where nothing is watched only q does anything', () => {
  const {app, quits} = fakeApp(stateOfAll([]));
  for (const key of KEYS.filter(each => each !== 'q' && each !== 'ctrl+c')) onKey(key, app, 0);
  expect([app.ui.get().stack, quits]).toEqual([[], []]);
  onKey('q', app, 0);
  expect(quits).toEqual([1]);
});

test('a key without a meaning changes nothing, so that nothing is drawn', () => {
  const {app} = fakeApp(stateOfAll([healthyTarget()]));
  const before = app.ui.get();
  for (const key of ['x', 'escape', 'ctrl+z', '9']) onKey(key, app, 0);
  expect(app.ui.get()).toBe(before);
});
