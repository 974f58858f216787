import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {TargetState} from '../../../../source/core/model/target.ts';
import {whyLine} from '../../../helpers/why.ts';
import {displayWidth} from '../../../../source/format/width.ts';
import {wrapWithEnd} from '../../../../source/ui/panels/reason/lines.ts';
import {downTarget, healthyTarget, NOW, stateOf} from '../../../helpers/states.ts';
import {renderScreen} from '../../render-screen.tsx';
import {withFix} from '../../../helpers/with-fix.ts';

const SIZES = [
  {columns: 80, rows: 24},
  {columns: 40, rows: 10},
];

const {health, settings} = healthyTarget();

const CASES: readonly (readonly [string, TargetState, Readonly<Record<string, string>>, RegExp])[] =
  [
    [
      'flaps',
      healthyTarget({health: {...health, level: 'warn', flapping: true}}),
      {},
      /flapping( yes|\b(?! no))/,
    ],
    ['is paused', healthyTarget({paused: true}), {}, /⏸ paused/],
    [
      'is held',
      downTarget({
        repair: {step: 'held', reason: 'budget', since: NOW, nextAttemptAt: NOW + 60_000},
      }),
      {},
      /■ held/,
    ],
    ['is only observed', healthyTarget({observing: true}), {}, /observe only/],
    [
      'has no fix',
      healthyTarget({settings: {...settings, ...withFix('none')}}),
      {},
      /observe only/,
    ],
    [
      'is watched by an agent2 in trouble',
      healthyTarget(),
      {log: 'no space left'},
      /▲ agent2: log: no space left/,
    ],
  ];

describe.each(SIZES)('at $columns x $rows', size => {
  test.each(CASES)('a target that %s says so', async (_, target, problems, words) => {
    expect((await renderScreen(stateOf(target, {problems}), size)).frame()).toMatch(words);
  });

  test('all of it at once is said as well', async () => {
    const target = downTarget({
      paused: true,
      observing: true,
      health: {...health, level: 'down', flapping: true},
    });
    const frame = (
      await renderScreen(stateOf(target, {problems: {log: 'no space left'}}), size)
    ).frame();
    for (const words of ['DOWN', 'flapping', 'observe only', '⏸ paused', 'log: no space left'])
      expect(frame).toContain(words);
  });

  test('of several problems the first is shown with the number of the others, and w shows them all', async () => {
    const screen = await renderScreen(
      stateOf(healthyTarget(), {
        problems: {'log': 'no space left', 'status file': 'read-only', 'demo': 'no answer'},
      }),
      size,
    );
    expect(screen.frame()).toMatch(/\+2 more \(w\) +▲ agent2: log/);
    screen.press('w', 'j'.repeat(40));
    await screen.until(/log: no space left\s[^]*status file: read-only\s[^]*demo: no answer/);
  });
});

test('a status line shows that it is paused', async () => {
  expect(
    (await renderScreen(stateOf(healthyTarget({paused: true})), {columns: 20, rows: 3})).frame(),
  ).toBe('● OK ⏸ webui 4.2 ms');
});

const LONG =
  'pid file /home/somebody/.local/state/some-service/with/a/long/path/service.pid names process 4242, which belongs to another user and runs /usr/bin/something';

test('of a why line that is too long for 80x24 the advice at its end stays', async () => {
  const target = downTarget({
    settings: {...settings, ...withFix('none')},
    repair: {step: 'idle'},
    incident: {
      number: 1,
      startedAt: NOW - 17_000,
      cause: 'crashed',
      faults: [{probe: 'process', kind: 'pid_file_missing', text: LONG}],
      down: true,
      fixes: 0,
      held: [],
      deferred: false,
    },
  });
  const advice = whyLine(target, NOW).split('; ').at(-1) ?? '';
  expect(advice).toContain('--restart');
  const why = (await renderScreen(stateOf(target)))
    .lines()
    .slice(-3, -1)
    .map(line => line.slice(6).trimEnd())
    .join(' ');
  expect(why).toContain(LONG.slice(0, 40));
  expect(why).toContain('…');
  expect(why.endsWith(advice)).toBe(true);
});

test('a text that fits is not cut', () => {
  expect(wrapWithEnd('one two; three', 8, 2, '…')).toEqual(['one two;', 'three']);
});

test('of a text that does not fit the part before the last clause is cut', () => {
  expect(wrapWithEnd('one two three four five; do this', 12, 2, '…')).toEqual([
    'one two thr…',
    'do this',
  ]);
  expect(wrapWithEnd('one-two-three-four-five-six; do this', 12, 2, '…')).toEqual([
    'one-two-thre',
    'e-f… do this',
  ]);
});

test('whatever the text, its lines are as many as allowed, and only the last may have to be cut', () => {
  const word = fc.constantFrom('a', 'word', 'rather-long-word', 'clause;', '服務', '');
  fc.assert(
    fc.property(
      fc.array(word, {maxLength: 30}),
      fc.integer({min: 8, max: 40}),
      fc.integer({min: 1, max: 4}),
      (words, width, most) => {
        const lines = wrapWithEnd(words.join(' '), width, most, '…');
        expect(lines.length).toBeLessThanOrEqual(most);
        for (const line of lines.slice(0, -1))
          expect(displayWidth(line)).toBeLessThanOrEqual(width);
      },
    ),
  );
});
