import {expect, test} from 'vitest';
import {downTarget, fix, healthyTarget, NOW, stateOf} from '../../../helpers/states.ts';
import {renderScreen} from '../../render-screen.tsx';

test('fixes with wide characters stand in straight columns', async () => {
  const fixes = [fix({cause: 'hung', action: '重启服务'}), fix({at: NOW, action: 'restart'})];
  const rows = (await renderScreen(stateOf(healthyTarget({fixes}))))
    .lines()
    .filter(line => /^│ .*(success|result)/.test(line));
  expect(rows).toEqual([
    '│    time      issue              cause    action    result   healthy after    │',
    '│  ▸ 10:30:00  process not alive  crashed  restart   success  1.3 s            │',
    '│    10:25:12  process not alive  hung     重启服务  success  1.3 s            │',
  ]);
});

test('a table that is too wide loses its least important columns first', async () => {
  const lines = (await renderScreen(stateOf(downTarget()), {columns: 60, rows: 20})).lines();
  expect(lines.find(line => line.includes('result'))).toBe(
    '│    time      issue                cause    result        │',
  );
});

test('the list of fixes scrolls to the selected one', async () => {
  const fixes = Array.from({length: 50}, (_, index) => fix({at: NOW - (49 - index) * 1_000}));
  const screen = await renderScreen(stateOf(healthyTarget({fixes})));
  screen.press('j'.repeat(40));
  await screen.until('41 of 50');
  expect(screen.frame()).toContain('▸ 10:29:20');
});
