import {expect, test} from 'vitest';
import {phaseOf} from '../../source/core/phase.ts';
import {logLine} from '../../source/documents/log-line.ts';
import type {State} from '../../source/core/model/state.ts';
import {statusDocument, statusText, targetText} from '../../source/documents/status.ts';
import {chainOfTargets, healthyTarget, named, NOW, stateOfAll} from '../helpers/states.ts';
import {isoTime, logTime} from '../../source/format/time.ts';
import {readStatus} from '../../source/documents/monitor-status.ts';
import {rememberedFixes} from '../../source/documents/remembered-fixes.ts';
import {createWorld} from '../helpers/virtual/world.ts';

const at = Date.UTC(2026, 0, 27, 10, 30, 45) + 123.456;

test('times have the format of Python', () => {
  expect(isoTime(at)).toMatch(/^2026-01-27T10:30:45\.12345[56]\+00:00$/);
  expect(isoTime(Date.UTC(2026, 0, 27))).toBe('2026-01-27T00:00:00.000000+00:00');
  expect(logTime(new Date(2026, 0, 27, 10, 30, 5, 7).getTime())).toBe('2026-01-27 10:30:05,007');
  expect(
    logLine({
      at: new Date(2026, 0, 27, 10, 30, 5, 123).getTime(),
      level: 'warning',
      target: 'webui',
      text: 'slow',
    }),
  ).toBe('2026-01-27 10:30:05,123 - Agent2 - WARNING - webui: slow');
});

function healed() {
  const world = createWorld();
  world.advance(6_000);
  world.service.process = 'gone-with-pid-file';
  world.advance(3_000);
  return world;
}

test("the status file begins with AgentOS's five keys and holds every finished fix", () => {
  const world = healed();
  const status = JSON.parse(statusText(world.state(), world.now(), {pid: 42})) as Record<
    string,
    unknown
  >;
  expect(Object.keys(status).slice(0, 5)).toEqual([
    'status',
    'last_check',
    'health_status',
    'consecutive_failures',
    'fixes',
  ]);
  expect(status).toMatchObject({
    status: 'monitoring',
    health_status: 'ok',
    consecutive_failures: 0,
    fixes: [
      {
        issue: 'process not alive',
        action: 'restart',
        result: 'success',
        cause: 'crashed',
        timestamp: expect.stringMatching(/\+00:00$/) as string,
      },
    ],
    targets: [{name: 'web', preset: 'test'}],
  });
});

test('a running fix is not listed, and the status is fixing', () => {
  const world = createWorld({startMs: 20_000});
  world.advance(6_000);
  world.service.process = 'gone-with-pid-file';
  world.advance(3_000);
  expect(phaseOf(world.state(), world.target())).toBe('fixing');
  expect(JSON.parse(statusText(world.state(), world.now(), {pid: 42}))).toMatchObject({
    status: 'fixing',
    fixes: [],
  });
});

test('the next run reads the fixes of the same target only', () => {
  const world = healed();
  const text = statusText(world.state(), world.now(), {pid: 42});
  expect(rememberedFixes(readStatus(text), 'web')).toMatchObject([
    {issue: 'process not alive', cause: 'crashed', result: 'success'},
  ]);
  expect(rememberedFixes(readStatus(text), 'other')).toEqual([]);
});

test("AgentOS's own status file is read, and anything else is damaged", () => {
  const old = {
    status: 'monitoring',
    fixes: [
      {
        timestamp: '2026-01-27T10:30:45.123456+00:00',
        issue: 'WebUI',
        action: 'signal',
        result: 'signal_created',
      },
      {timestamp: 'never'},
      7,
    ],
  };
  expect(rememberedFixes(readStatus(JSON.stringify(old)), 'webui')).toMatchObject([
    {issue: 'WebUI', result: 'signal_created'},
  ]);
  for (const text of ['', '{', '[]', 'null', '{"targets": 3, "fixes": {}}'])
    expect(rememberedFixes(readStatus(text), 'webui')).toEqual([]);
});

test('the text equals the document, with cached parts too', () => {
  const about = {pid: 42, version: '1.2.3'};
  const expected = (state: State, now: number) =>
    `${JSON.stringify(statusDocument(state, now, about), undefined, 2)}\n`;
  const paused = named('paused', {...healthyTarget(), paused: true, pausedUntil: NOW + 60_000});
  const state = stateOfAll([healthyTarget(), ...chainOfTargets(), paused]);
  for (const now of [NOW, NOW + 5_000, NOW + 30_000])
    expect(statusText(state, now, about)).toBe(expected(state, now));
  const ended: State = {...state, status: 'stopped'};
  expect(statusText(ended, NOW, about)).toBe(expected(ended, NOW));
  const empty = stateOfAll([]);
  expect(statusText(empty, NOW, about)).toBe(expected(empty, NOW));
});

test('the text of a target is cached only while it shows no running time', () => {
  const lasting = healthyTarget();
  const counting = named('paused', {...lasting, paused: true, pausedUntil: NOW + 60_000});
  const state = stateOfAll([lasting, counting]);
  expect(targetText(state, lasting, NOW + 20_000)).toBe(targetText(state, lasting, NOW));
  expect(targetText(state, counting, NOW + 20_000)).not.toBe(targetText(state, counting, NOW));
});
