import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {all} from 'agent2:screens';
import {describe, expect, test} from 'vitest';
import {targetsOf} from '../../../source/core/targets.ts';
import {faultsOf} from '../../../source/commands/demo/faults.ts';
import {displayWidth} from '../../../source/format/width.ts';
import {COMMON_KEYS, FIRST_KEYS, PROMPT_KEYS} from '../../../source/ui/keys/app-keys.ts';
import type {Binding} from '../../../source/ui/keys/binding.ts';
import {contextOf} from '../../../source/ui/keys/context.ts';
import {keysOn} from '../../../source/ui/keys/key-table.ts';
import {pressKey} from '../../../source/ui/keys/press.ts';
import {fits, LINES} from '../../../source/ui/layout.ts';
import {topOf} from '../../../source/ui/navigation.ts';
import {helpLines} from '../../../source/ui/screens/help/lines.ts';
import {firstOf, stackOf} from '../../../source/ui/screens/open.ts';
import type {ScreenDefinition} from '../../../source/ui/screens/screen.ts';
import {initialUi} from '../../../source/ui/state/ui-state.ts';
import {plainText} from '../../../source/ui/text/spans.ts';
import {UNICODE} from '../../../source/ui/text/symbols.ts';
import {root} from '../../helpers/root.ts';
import {fakeMonitor, manyTargets, named, stateOfAll, troubledTarget} from '../../helpers/states.ts';
import {fakeApp, SCREENS} from '../fake-app.ts';
import {bytesOf, ESCAPE, renderScreen} from '../render-screen.tsx';

/** Several targets and an incident: every screen has something to show. */
const STATE = stateOfAll([named('webui', troubledTarget()), ...manyTargets(3)]);
const FIRST = firstOf(SCREENS);
const OTHERS = SCREENS.filter(screen => screen !== FIRST);

const ui = initialUi('dark', 'webui');
const context = () => {
  const targets = targetsOf(STATE);
  return contextOf(fakeApp(STATE).app, ui, targets, targets[0] ?? troubledTarget(), 5);
};

describe.each(Object.keys(all))('the screen %s', folder => {
  test('has all that a screen needs', () => {
    expect(missingOf(folder)).toEqual([]);
  });
});

/** What is missing, and this user may not write this user may not write this user may not write this user may not write this user may not write this user may not write this user may not write this user may not write where. */
function missingOf(folder: string): readonly string[] {
  const screen = all[folder];
  if (!screen) return [`source/ui/screens/${folder} exports no definition`];
  const {name, key, open, View} = screen;
  const at = `source/ui/screens/${folder}/${folder}.tsx`;
  const state = open(context());
  const help = helpLines(keysOn(FIRST, SCREENS), context(), UNICODE, 1_000).map(plainText);
  const missing: readonly (readonly [boolean | undefined, string])[] = [
    [name === folder, `${at}: its name is '${name}', not that of its folder`],
    [typeof View === 'function', `${at}: it has no View`],
    [state !== undefined, `${at}: open gives nothing, though a target has an incident`],
    [state && screen.title(state, context()).trim() !== '', `${at}: its title is empty`],
    [!key || key.help(context()).trim() !== '', `${at}: the help of its key is empty`],
    [
      !key || help.some(line => line.includes(key.shown) && line.includes(key.help(context()))),
      `${at}: the help page does not list ${key?.shown}`,
    ],
    ...screen.keys.map(
      ({shown, label}) =>
        [label(context()).trim() !== '', `${at}: the key bar has no word for ${shown}`] as const,
    ),
  ];
  return [...missing.flatMap(([there, text]) => (there ? [] : [text])), ...untestedIn(folder)];
}

function untestedIn(folder: string): readonly string[] {
  const path = join(root, 'test/ui/screens', folder);
  const tests = existsSync(path)
    ? readdirSync(path).filter(file => /\.test\.tsx?$/.test(file))
    : [];
  if (tests.length === 0) return [`test/ui/screens/${folder}/${folder}.test.tsx is missing`];
  return tests.some(file => readFileSync(join(path, file), 'utf8').includes('InlineSnapshot('))
    ? []
    : [`test/ui/screens/${folder} compares no frame with toMatchInlineSnapshot`];
}

test('there is one first screen, the one without a key', () => {
  expect(SCREENS.filter(({key}) => key === undefined)).toEqual([FIRST]);
});

test('no two claim the same key in the same place', () => {
  expect(SCREENS.flatMap(clashesOn)).toEqual([]);
});

function clashesOn(screen: ScreenDefinition): readonly string[] {
  const owners = new Map<string, string>();
  return claimsOn(screen).flatMap(([key, owner]) => {
    const before = owners.get(key);
    owners.set(key, owner);
    return before === undefined
      ? []
      : [`on the screen ${screen.name} both ${before} and ${owner} claim ${key}`];
  });
}

function claimsOn(screen: ScreenDefinition): readonly (readonly [key: string, owner: string])[] {
  const claims = (owner: string, bindings: readonly Binding[]) =>
    bindings.flatMap(({keys}) => keys.map(key => [key, owner] as const));
  const own = claims(screen.name, screen.keys);
  if (screen.shows === 'prompt') return [...own, ...claims('the app', PROMPT_KEYS)];
  if (screen !== FIRST) return [...own, ...claims('the app', COMMON_KEYS)];
  const faults = faultsOf({monitor: {...fakeMonitor(STATE), dispatch: () => undefined}}, 1);
  return [
    ...own,
    ...OTHERS.flatMap(({name, key}) => claims(name, key ? [key] : [])),
    ...claims('the app', [...FIRST_KEYS, ...COMMON_KEYS]),
    ...faults.map(({key}) => [key, 'the demo'] as const),
  ];
}

test.each(OTHERS.map(screen => [screen.name, screen] as const))(
  '%s opens by its key, and every key on it is pure',
  (name, screen) => {
    const known = deepFreeze(context());
    const [opening = ''] = screen.key?.keys ?? [];
    const opened = pressKey(opening, ui, known, SCREENS).ui;
    const {screen: top, state} = topOf(stackOf(opened.stack, SCREENS, known));
    expect(top).toBe(name);
    deepFreeze(opened);
    for (const key of screen.keys.flatMap(({keys}) => keys)) {
      const next = screen.reduce(state, key, known);
      expect(next).toEqual(screen.reduce(state, key, known));
      expect(pressKey(key, opened, known, SCREENS)).toEqual(pressKey(key, opened, known, SCREENS));
    }
  },
);

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.values(value).forEach(deepFreeze);
  return Object.freeze(value);
}

test.each(SCREENS.map(screen => [screen.name, screen] as const))(
  '%s fits in every size, and Esc leads back from it',
  async (_, screen) => {
    for (const size of [
      screen.smallest,
      {columns: 40, rows: 10},
      {columns: 80, rows: 24},
      {columns: 120, rows: 40},
      {columns: 200, rows: 60},
    ]) {
      const shown = await renderScreen(STATE, {...size, screens: SCREENS});
      const before = shown.frame();
      const [key] = screen.key?.keys ?? [];
      if (key !== undefined) {
        shown.press(bytesOf(key));
        await shown.until(() => shown.ui.get().stack.length > 1);
        // On so few cells that they look the same there is nothing to wait for.
        if (fits(size, LINES)) await shown.until(frame => frame !== before);
      }
      const lines = shown.lines();
      expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(size.columns);
      expect(lines.length).toBeLessThanOrEqual(Math.max(1, size.rows - 1));
      shown.press(ESCAPE);
      await shown.until(frame => frame === before);
      shown.unmount();
    }
  },
  60_000,
);
