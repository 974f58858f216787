import fc from 'fast-check';
import {afterEach, expect, test, vi} from 'vitest';
import type {TargetState} from '../../../source/core/model/target.ts';
import {drawTree} from '../../../source/ui/terminal/draw-tree.ts';
import {displayWidth} from '../../../source/format/width.ts';
import {
  checkedTarget,
  downTarget,
  evidence,
  fix,
  healthyTarget,
  logOf,
  manyTargets,
  newTarget,
  NOW,
  pastIncident,
  stateOf,
  stateOfAll,
  troubledTarget,
} from '../../helpers/states.ts';
import {until} from '../../helpers/until.ts';
import {renderScreen} from '../render-screen.tsx';
import {targetsOf} from '../../../source/core/targets.ts';

const HOSTILE = 'a\u001B[2Jb\u001B]52;c;aGk=\u0007c\r\n\td\u0000e\u202Ef\u009Bg 服務';

const STATES: Readonly<Record<string, TargetState>> = {
  'new': newTarget(),
  'healthy': healthyTarget(),
  'down': downTarget(),
  'hostile': healthyTarget({
    settings: {...healthyTarget().settings, name: HOSTILE, address: HOSTILE},
    fixes: [fix({action: HOSTILE, detail: HOSTILE})],
    events: [{at: NOW, level: 'error', text: HOSTILE}],
    lastCheck: {at: NOW, observation: {kind: 'inconclusive', reason: HOSTILE}},
  }),
  'troubled': troubledTarget(),
  'checked': checkedTarget(),
  'hostile inside': troubledTarget({
    incidents: [pastIncident({end: HOSTILE})],
    incident: {
      number: 2,
      startedAt: NOW,
      faults: [{probe: HOSTILE, kind: 'disk_low', text: HOSTILE}],
      down: true,
      fixes: 9,
      held: ['budget'],
      deferred: true,
      evidence: evidence({
        facts: [{label: HOSTILE, text: HOSTILE}],
        texts: [{label: HOSTILE, text: `${HOSTILE}\n${HOSTILE}`}],
      }),
    },
    readings: {
      checks: Object.fromEntries(
        Array.from({length: 9}, (_, index) => [
          `${HOSTILE}${index}`,
          {kind: 'exec', state: 'failed', text: HOSTILE, metrics: []},
        ]),
      ),
    },
    settings: {...healthyTarget().settings, dependsOn: [HOSTILE], notFor: [HOSTILE]},
    samples: logOf([{at: NOW, outcome: 'ok', values: {[HOSTILE]: -1e308}}]),
  }),
  'many fixes': healthyTarget({
    fixes: Array.from({length: 50}, (_, index) => fix({at: NOW - 100_000 + index * 1_000})),
  }),
};

/** React draws what a key did when the turn is over. */
async function pressed(
  screen: Awaited<ReturnType<typeof renderScreen>>,
  key: string,
): Promise<void> {
  screen.press(key);
  await new Promise(setImmediate);
}

afterEach(() => {
  vi.useRealTimers();
});

test('a frame of any size is never wider than the terminal nor higher than rows - 1', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({min: 1, max: 200}),
      fc.integer({min: 1, max: 60}),
      fc.constantFrom(...Object.keys(STATES)),
      fc.constantFrom('', 'r', 'w', '?', 'i', '\r', 'v', '\t', 'jjj', 'i\rjjj', '/ser', '/none'),
      fc.boolean(),
      fc.constantFrom(0, 2, 30),
      async (columns, rows, name, key, ascii, others) => {
        const target = STATES[name] ?? newTarget();
        const screen = await renderScreen(
          stateOfAll([target, ...manyTargets(others)], {
            problems: {log: 'no space left on device'},
          }),
          {columns, rows, ascii, faults: [{key: 'c', label: 'crash', run: () => undefined}]},
        );
        if (key !== '') await pressed(screen, key);
        const lines = screen.lines();
        expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(columns);
        expect(lines.length).toBeLessThanOrEqual(Math.max(1, rows - 1));
        screen.unmount();
      },
    ),
    {numRuns: 50},
  );
}, 300_000);

test.each(Object.keys(STATES))('our drawing of the tree is what ink draws (%s)', async name => {
  const target = STATES[name] ?? newTarget();
  for (const size of [
    {columns: 80, rows: 24},
    {columns: 100, rows: 30},
    {columns: 60, rows: 16},
    {columns: 40, rows: 10},
    {columns: 10, rows: 3},
  ]) {
    for (const key of name.includes('troubled') ? ['\t', 'i', '\r'] : ['', 'r', 'w', '?']) {
      const screen = await renderScreen(
        stateOfAll(key === '\t' ? [target, ...manyTargets(30)] : [target]),
        size,
      );
      if (key !== '') await pressed(screen, key);
      const drawn = drawTree(screen.tree(), size).map(({chars}) => chars.join('').trimEnd());
      expect(drawn.join('\n').trimEnd()).toBe(screen.frame().trimEnd());
      screen.unmount();
    }
  }
});

test('hostile text reaches the frame without a control character', async () => {
  for (const size of [
    {columns: 120, rows: 40},
    {columns: 80, rows: 24},
    {columns: 40, rows: 10},
    {columns: 30, rows: 3},
  ]) {
    for (const name of ['hostile', 'hostile inside']) {
      const screen = await renderScreen(
        stateOfAll([STATES[name] ?? newTarget(), healthyTarget()]),
        size,
      );
      for (const key of ['', '\r', 'i', 'v']) {
        if (key !== '') await pressed(screen, key);
        expect(screen.frame().replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
      }
    }
  }
});

test('what nobody can see draws no frame', async () => {
  const screen = await renderScreen(stateOf(healthyTarget()));
  const drawn = screen.frames.length;
  screen.monitor.show(stateOf(healthyTarget()));
  const target = targetsOf(screen.monitor.getSnapshot())[0] ?? newTarget();
  await screen.until(() => screen.frames.length === drawn + 1);
  screen.monitor.show(
    stateOf({...target, epoch: 7, check: {state: 'running', startedAt: NOW, tries: 0}}),
  );
  screen.monitor.show(stateOf({...target, paused: true}));
  await screen.until('⏸ paused');
  expect(screen.frames.length).toBe(drawn + 2);
});

const ATTEMPT = {
  number: 1,
  startedAt: NOW - 1_000,
  action: 'restart',
  cause: 'hung',
  manual: false,
  awaiting: false,
} as const;
const refused = {lastRefusal: {at: NOW, text: 'no restart: paused; resume first'}};

test.each([
  ['healthy', healthyTarget()],
  ['paused', downTarget({paused: true})],
  ['down and only observed', downTarget({observing: true, repair: {step: 'idle'}})],
  [
    'held until a stranger leaves its port',
    downTarget({repair: {step: 'held', reason: 'port_taken', since: NOW, nextAttemptAt: Infinity}}),
  ],
])('while a target is %s the screen is drawn once a minute', async (_, target) => {
  vi.useFakeTimers({toFake: ['setInterval', 'clearInterval']});
  const screen = await renderScreen(stateOf(target));
  const drawn = screen.frames.length;
  vi.advanceTimersByTime(59_000);
  await Promise.resolve();
  expect(screen.frames.length).toBe(drawn);
  vi.advanceTimersByTime(1_000);
  await screen.until(() => screen.frames.length === drawn + 1);
  screen.unmount();
});

test.each([
  ['waits for its next attempt', downTarget(), '7 s'],
  ['settles', downTarget({repair: {step: 'settling', untilAt: NOW + 2_000}}), '1 s more'],
  [
    'is verified',
    downTarget({
      repair: {step: 'verifying', attempt: ATTEMPT, since: NOW, untilAt: NOW + 30_000, good: 0},
    }),
    '29 s left',
  ],
  [
    'is held for its budget',
    downTarget({repair: {step: 'held', reason: 'budget', since: NOW, nextAttemptAt: NOW + 8_000}}),
    '7 s',
  ],
  [
    'has its start grace',
    downTarget({repair: {step: 'idle'}, graceUntil: NOW + 8_000}),
    '7 s left',
  ],
])('while a target %s the screen counts down', async (_, target, words) => {
  vi.useFakeTimers({toFake: ['setInterval', 'clearInterval']});
  const screen = await renderScreen(stateOf(target));
  expect(screen.frame()).not.toContain(words);
  screen.monitor.moveTo(NOW + 1_000);
  vi.advanceTimersByTime(1_000);
  await screen.until(words);
  screen.unmount();
});

test('a refusal goes after its time, also where nothing else happens, and the countdown with it', async () => {
  vi.useFakeTimers({toFake: ['setInterval', 'clearInterval']});
  const screen = await renderScreen(stateOf(healthyTarget({paused: true, ...refused})));
  expect(screen.frame()).toContain('no restart: paused');
  screen.monitor.moveTo(NOW + 10_000);
  vi.advanceTimersByTime(1_000);
  await screen.until(frame => !frame.includes('no restart'));
  await until('the countdown is over', () => vi.getTimerCount() === 1);
  const drawn = screen.frames.length;
  vi.advanceTimersByTime(59_000);
  await Promise.resolve();
  expect(screen.frames.length).toBe(drawn);
  screen.unmount();
});
