import {describe, expect, test} from 'vitest';
import type {Link} from '../../source/contracts/monitor.ts';
import {
  downTarget,
  healthyTarget,
  manyTargets,
  NOW,
  stateOf,
  stateOfAll,
} from '../helpers/states.ts';
import {renderScreen} from './render-screen.tsx';

const UP: Link = {state: 'up', pid: 4242};
const LOST: Link = {state: 'lost', since: NOW - 12_000, text: 'monitor gone (pid 4242)'};
const SIZES = [
  {columns: 80, rows: 24},
  {columns: 120, rows: 40},
  {columns: 40, rows: 10},
] as const;

test('a screen that is attached says to whom, where there is room', async () => {
  expect(
    (await renderScreen(stateOf(healthyTarget()), {link: UP, columns: 120, rows: 40})).lines()[0],
  ).toBe(
    ' agent2  webui  ● OK   http://127.0.0.1:8080/api/health                            attached pid 4242  test  every 5s  ▶',
  );
  expect((await renderScreen(stateOf(healthyTarget()), {link: UP})).lines()[0]).toBe(
    ' agent2  webui  ● OK   http://127.0.0.1:8080/api/health       test  every 5s  ▶',
  );
});

describe('a monitor that is gone', () => {
  test('is told at 80x24, and nothing that was seen of it is told as if it were so now', async () => {
    const {lines} = await renderScreen(stateOf(downTarget()), {link: LOST});
    expect([lines()[0], ...lines().slice(-2)].join('\n')).toMatchInlineSnapshot(`
      " agent2  webui  ○ UNKNOWN   http://127.0.0.1:8080/a…  test  every 5s  □ stopped
       why  monitor gone (pid 4242); looking for it again, since 12 s
       r restart  p pause  1 dev  2 test  3 prod  g 1 h  w why  ? help  q quit"
    `);
  });

  test('is told at 40x10', async () => {
    expect(
      (await renderScreen(stateOf(healthyTarget()), {link: LOST, columns: 40, rows: 10})).frame(),
    ).toMatchInlineSnapshot(`
      " ○ UNKNOWN webui  4.2 ms      □ stopped
       why  monitor gone (pid 4242); looking
            for it again, since 12 s
       ▁▁▁▁▁▁▁▇▁▁▁▁▁▁▁▁▁▁▁▁▁▁▇▁▁▁▁▁▁▁  checks
       fix  10:25:12 crashed: success



       r restart  p pause  ? help  q quit"
    `);
  });

  test.each([
    [40, 'monitor gone (pid 4242), 12 s'],
    [20, 'monitor gone, 12 s'],
    [12, 'monitor gon…'],
  ])('is told in a line of %d columns', async (columns, line) => {
    expect(
      (await renderScreen(stateOf(healthyTarget()), {link: LOST, columns, rows: 3}))
        .frame()
        .trimEnd(),
    ).toBe(line);
  });

  test('is told beside many targets, of which none is known any more, and below a page', async () => {
    const screen = await renderScreen(stateOfAll(manyTargets(30)), {
      link: LOST,
      columns: 40,
      rows: 10,
    });
    expect(screen.frame()).toContain('30 unknown');
    screen.press('?');
    await screen.until('monitor gone (pid 4242), 12 s');
  });

  test.each(['r', 'p', 'o', '1', '6'])('cannot be asked by %s, which says so', async key => {
    const screen = await renderScreen(stateOf(healthyTarget()), {link: LOST});
    screen.press(key);
    await screen.until(`▲ ${key}: not possible, the monitor is gone`);
    expect(screen.monitor.requests).toEqual([]);
    screen.monitor.relink(UP);
    const frame = await screen.until('● OK');
    expect(frame).not.toMatch(/gone|not now|Restart/);
  });

  test('while a restart is being asked about is not asked for it', async () => {
    const screen = await renderScreen(stateOf(healthyTarget()), {link: UP});
    screen.press('r');
    await screen.until('[Cancel]');
    screen.monitor.relink(LOST);
    screen.press('y');
    await screen.until('r: not possible, the monitor is gone');
    expect(screen.monitor.requests).toEqual([]);
  });
});

test('what the monitor did not do is told as long as the link says so', async () => {
  const screen = await renderScreen(stateOf(healthyTarget()), {link: UP});
  screen.monitor.relink({...UP, problem: 'not done: webui has no fix'});
  await screen.until('▲ not done: webui has no fix');
  screen.monitor.relink(UP);
  await screen.until(frame => !frame.includes('not done'));
});

describe('a screen that is read-only', () => {
  test.each(SIZES)(
    'says so and offers no key that changes anything at $columns x $rows',
    async size => {
      const screen = await renderScreen(stateOf(healthyTarget()), {
        link: UP,
        readOnly: true,
        ...size,
      });
      expect(screen.lines().at(-1)).toMatch(/^ read-only {2}/);
      expect(screen.lines().at(-1)).not.toMatch(/restart|pause|prod/);
      screen.press('?');
      await screen.until('Keys');
      expect(screen.frame()).not.toMatch(/restart the|pause or|preset:/);
    },
  );

  test.each(['r', 'p', 'o', '1', '2', '3', '4', '5', '6'])(
    'does nothing for %s but say why, until the next key',
    async key => {
      const screen = await renderScreen(stateOf(healthyTarget()), {link: UP, readOnly: true});
      screen.press(key);
      await screen.until(`▲ read-only: ${key} changes nothing here`);
      screen.press('g');
      const frame = await screen.until('last 1 h');
      expect(frame).not.toContain('changes nothing');
      expect(screen.monitor.requests).toEqual([]);
    },
  );
});

test('the reason on a screen names its keys, and commands where it has none that change anything', async () => {
  const paused = stateOf(healthyTarget({paused: true}));
  expect((await renderScreen(paused)).frame()).toContain(
    'why  paused: no checks, no repairs; p resumes',
  );
  expect((await renderScreen(paused, {link: UP, readOnly: true})).frame()).toContain(
    'why  paused: no checks, no repairs; agent2 resume webui ends it',
  );
});
