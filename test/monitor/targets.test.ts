import {expect, test} from 'vitest';
import type {OpenTarget} from '../../source/monitor/target.ts';
import {createTargets} from '../../source/monitor/targets.ts';
import {specOf} from './stand-ins.ts';

const target = (name: string, ...secrets: string[]) =>
  ({spec: specOf(name, undefined, {secrets})}) as unknown as OpenTarget;

test('targets are found by name; of removed ones only the secrets stay', () => {
  const [web, db, cache] = [target('web', 'one'), target('db', 'two', 'one'), target('cache', '3')];
  const targets = createTargets([web, db]);
  expect([targets.get('db'), targets.get('cache')]).toEqual([db, undefined]);
  const before = {all: targets.all(), secrets: targets.secrets()};
  expect(targets.all()).toBe(before.all);
  expect(targets.secrets()).toBe(before.secrets);
  targets.replace([cache, web]);
  expect(targets.specs().map(({name}) => name)).toEqual(['cache', 'web']);
  expect([targets.get('db'), targets.get('cache')]).toEqual([undefined, cache]);
  expect(targets.secrets()).toEqual(['one', 'two', '3']);
});
