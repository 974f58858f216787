import {expect, test} from 'vitest';
import {presets} from '../../../source/config/presets.ts';
import {fail, newHealth, succeed} from '../../../source/core/check/health.ts';
import {type Health} from '../../../source/core/model/health.ts';
import {healthy, minutes, seconds} from '../../helpers/virtual/scenes.ts';

const good = (health: Health) => succeed(health, 0, presets.dev, false);
const bad = (health: Health) => fail(health, 0, Infinity);
const changes = ({recent}: Health) =>
  recent.filter((each, index) => index > 0 && each !== recent[index - 1]).length;

test('a target that is down is ok with the good check that reaches the recovery threshold, not before', () => {
  const policy = {...presets.dev, recoveryThreshold: 2};
  const down = fail(newHealth(0), 0, 1);
  const once = succeed(down, 0, policy, false);
  expect([down.level, once.level, succeed(once, 0, policy, false).level]).toEqual([
    'down',
    'down',
    'ok',
  ]);
});

test('flapping ends only at the lower threshold', () => {
  let health = good(newHealth(0));
  while (!health.flapping) health = good(bad(health));
  expect(changes(health)).toBeGreaterThanOrEqual(4);
  while (health.flapping) health = good(health);
  expect(changes(health)).toBeLessThanOrEqual(1);
});

test('flapping starts with frequent changes and ends with rare ones', () => {
  const world = healthy({fix: 'none', preset: 'prod'});
  for (let round = 0; round < 6; round++) {
    world.service.api = round % 2 === 0 ? 'error' : 'ok';
    world.advance(seconds(6));
  }
  expect(world.target().health.flapping).toBe(true);
  world.service.api = 'ok';
  world.advance(minutes(6));
  expect(world.target().health.flapping).toBe(false);
});

test('a warning that is only told keeps the target ok, and is told once', () => {
  const world = healthy();
  world.service.warnings = [
    {probe: 'api', kind: 'malformed_response', text: 'its lines end without CR'},
  ];
  world.advance(minutes(1));
  expect(world.target().health.level).toBe('ok');
  expect(world.logged('warn').map(({text}) => text)).toEqual(['warning: its lines end without CR']);
});
