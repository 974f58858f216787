import fc from 'fast-check';
import {afterEach, expect, test, vi} from 'vitest';
import type {TargetState} from '../../source/core/state.ts';
import {drawTree} from '../../source/ui/draw-tree.ts';
import {displayWidth} from '../../source/format/width.ts';
import {downTarget, fix, healthyTarget, newTarget, NOW, stateOf} from '../helpers/states.ts';
import {renderScreen} from './render-screen.tsx';

const HOSTILE = 'a\u001B[2Jb\u001B]52;c;aGk=\u0007c\r\n\td\u0000e\u202Ef\u009Bg 服務';

const STATES: Readonly<Record<string, TargetState>> = {
  new: newTarget(),
  healthy: healthyTarget(),
  down: downTarget(),
  hostile: healthyTarget({
    settings: {...healthyTarget().settings, name: HOSTILE, address: HOSTILE},
    fixes: [fix({action: HOSTILE, detail: HOSTILE})],
    events: [{at: NOW, level: 'error', text: HOSTILE}],
    lastCheck: {at: NOW, observation: {kind: 'inconclusive', reason: HOSTILE}},
  }),
  'many fixes': healthyTarget({fixes: Array.from({length: 50}, (_, index) => fix({at: NOW - 100_000 + index * 1_000}))}),
};

afterEach(() => {
  vi.useRealTimers();
});

test('a frame of any size is never wider than the terminal nor higher than rows - 1', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({min: 1, max: 200}), fc.integer({min: 1, max: 60}), fc.constantFrom(...Object.keys(STATES)), fc.constantFrom('', 'r', 'w', '?'), fc.boolean(), async (columns, rows, name, key, ascii) => {
      const target = STATES[name] ?? newTarget();
      const screen = await renderScreen(stateOf(target, {troubles: {log: 'no space left on device'}}), {columns, rows, ascii, faults: [{key: 'c', label: 'crash', run: () => undefined}]});
      if (key !== '') screen.press(key);
      const lines = screen.lines();
      expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(columns);
      expect(lines.length).toBeLessThanOrEqual(Math.max(1, rows - 1));
      screen.unmount();
    }),
    {numRuns: 150},
  );
});

test.each(Object.keys(STATES))('our drawing of the tree is what ink draws (%s)', async name => {
  const target = STATES[name] ?? newTarget();
  for (const size of [{columns: 80, rows: 24}, {columns: 100, rows: 30}, {columns: 60, rows: 16}, {columns: 40, rows: 10}, {columns: 10, rows: 3}]) {
    for (const key of ['', 'r', 'w']) {
      const screen = await renderScreen(stateOf(target), size);
      if (key !== '') screen.press(key);
      const drawn = drawTree(screen.tree(), size).map(({chars}) => chars.join('').trimEnd());
      expect(drawn.join('\n').trimEnd()).toBe(screen.frame().trimEnd());
      screen.unmount();
    }
  }
});

test('hostile text reaches the frame without a control character', async () => {
  for (const size of [{columns: 120, rows: 40}, {columns: 80, rows: 24}, {columns: 40, rows: 10}, {columns: 30, rows: 3}]) {
    const frame = (await renderScreen(stateOf(STATES['hostile'] ?? newTarget()), size)).frame();
    expect(frame.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
  }
});

test('what nobody can see draws no frame', async () => {
  const screen = await renderScreen(stateOf(healthyTarget()));
  const drawn = screen.frames.length;
  screen.monitor.show(stateOf(healthyTarget()));
  const target = screen.monitor.getSnapshot().targets[0] ?? newTarget();
  await screen.until(() => screen.frames.length === drawn + 1);
  screen.monitor.show(stateOf({...target, epoch: 7, check: {state: 'running', startedAt: NOW, tries: 0}}));
  screen.monitor.show(stateOf({...target, paused: true}));
  await screen.until('⏸ paused');
  expect(screen.frames.length).toBe(drawn + 2);
});

test('a calm screen keeps one timer a minute, a countdown one a second', async () => {
  vi.useFakeTimers({toFake: ['setInterval', 'clearInterval']});
  const calm = await renderScreen(stateOf(healthyTarget()));
  const drawn = calm.frames.length;
  vi.advanceTimersByTime(59_000);
  await Promise.resolve();
  expect(calm.frames.length).toBe(drawn);
  calm.unmount();
  const waiting = await renderScreen(stateOf(downTarget()));
  waiting.monitor.moveTo(NOW + 1_000);
  vi.advanceTimersByTime(1_000);
  await waiting.until('next attempt in 7 s');
  waiting.unmount();
});
